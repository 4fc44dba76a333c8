"""What a page shows: the worlds that can be chosen, and one setting as link, command, file."""
