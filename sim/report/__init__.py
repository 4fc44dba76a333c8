"""Reports: the results of a run or a sweep as one page that works offline, with figures."""
