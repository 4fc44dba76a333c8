"""Commands that run worlds and compare them."""
