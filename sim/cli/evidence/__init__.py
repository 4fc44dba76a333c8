"""Commands for a court's own figures."""
