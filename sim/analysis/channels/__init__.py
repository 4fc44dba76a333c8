"""Channels: the mechanisms through which a package of policies has its effect."""
