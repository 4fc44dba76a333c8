"""Fits the model to a court's figures: emulators, history matching, a weighted set of parameters.

In: the evidence of a folder (`sim.evidence.folder`). Out: a folder of runs like that of a sweep,
what the figures can and cannot tell, and an ensemble of parameter sets.
"""
