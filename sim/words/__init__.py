"""Chinese texts of reports, levers, indicators, scenarios and terms, and the class that finds them.

One TOML file per subject lies beside this module; `catalogue.py` reads them together.
"""
