"""What Servanda asks of the machine: processors, processes, signals, locks, temporary folders."""
