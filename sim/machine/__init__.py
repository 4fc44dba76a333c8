"""Access to the machine: processors, processes, signals, locks, temporary folders."""
