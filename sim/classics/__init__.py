"""Published models of enforcement and compliance, reproduced on Servanda's engine.

One file per model, with its rules, parameters and published numbers. `catalogue.py` lists them and
compares what is computed with what was published. Nothing here refers to the model of judgment
debtors; both use the same draws and compiled loops.
"""

NAMES = (
    "bekar_carlaw_eaton",
    "zaklan_westerhoff_stauffer",
    "crokidakis",
    "allingham_sandmo",
    "glaeser_sacerdote_scheinkman",
    "granovetter",
    "mmc",
)
"""The models, each a module of this package. Importing this package imports none of them."""
