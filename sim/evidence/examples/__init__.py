"""Folders of evidence that are shipped: a nation's published figures, and a made-up court."""
