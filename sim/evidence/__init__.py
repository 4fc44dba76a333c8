"""A court's own figures: read, checked, and expressed in the counts of the model.

In: a folder with `data.csv`, `court.toml` and `fit.toml`. Out: an `Evidence` with rows, court and
specification of a fit, or one error with all faults. `catalogue.py` lists the measures.
"""
