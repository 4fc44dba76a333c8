"""Entry point of ``python -m sim``, which does the same as ``servanda``."""

from sim.cli import main

# Processes started with spawn import this file again, under another name.
if __name__ == "__main__":
    main()
