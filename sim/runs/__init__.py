"""Many runs: planned, handed to workers, stored in a folder that loses nothing, read again."""
