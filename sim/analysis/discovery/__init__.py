"""Scenario discovery: conditions under which an indicator fails, as PRIM and CART boxes."""
