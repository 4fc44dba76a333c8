"""The browser: worlds as tapes, a player for them, the live page, lessons.

A run becomes a tape (`tape`), which the player in `static` draws. The live page (`page`) and the
lesson files (`lessons`) use the same player, so both show the same figures.
"""
