"""Entry point of ``python -m sim``, which does the same as ``servanda``."""

from sim.cli import main

# A spawned process imports this file again under another name, and must not call main().
if __name__ == "__main__":
    main()
