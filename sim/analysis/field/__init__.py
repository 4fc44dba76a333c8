"""Published field experiments, run again as trials within worlds of the model."""
