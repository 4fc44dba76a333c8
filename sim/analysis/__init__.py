"""Many worlds set against each other: what a lever, a pack or a listing changes."""
