"""Where a grid tips, jumps, or remembers where it started."""
