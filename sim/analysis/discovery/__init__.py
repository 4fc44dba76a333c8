"""Scenario discovery: boxes (ranges of factors) in which a condition on indicators often holds."""
