"""Every Chinese text that reports and the view show, and the class that finds it.

One TOML file per subject lies beside this module; `catalogue.py` reads them together.
"""
