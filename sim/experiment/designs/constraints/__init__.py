"""Constraints between factors: their language, and designs whose points satisfy them."""
