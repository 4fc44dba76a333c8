"""``python -m sim`` does what ``servanda`` does."""

from sim.cli import main

# Processes started with spawn import this file again, under another name.
if __name__ == "__main__":
    main()
