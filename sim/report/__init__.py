"""Reports: what came out of a run or a sweep, as one page that works offline, and its figures."""
