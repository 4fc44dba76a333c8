"""Commands that run scenarios and compare them."""
