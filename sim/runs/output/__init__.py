"""Writes the folder of a finished run, and reads it again."""
