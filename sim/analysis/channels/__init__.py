"""Channels: through which of several mechanisms a package of policies has its effect."""
