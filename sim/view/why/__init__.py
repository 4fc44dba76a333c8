"""Why an actor decides as it does, as plain data: debtors, institutions, their histories."""
