"""Scenario discovery: values of factors for which a condition on indicators holds, as boxes."""
