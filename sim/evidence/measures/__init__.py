"""The measures that courts publish, a file per subject."""
