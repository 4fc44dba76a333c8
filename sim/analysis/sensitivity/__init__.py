"""Which factors and policies matter: Morris, Sobol, PAWN, Shapley, and convergence."""
