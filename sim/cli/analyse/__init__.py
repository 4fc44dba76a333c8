"""Commands that analyse the results of a sweep."""
