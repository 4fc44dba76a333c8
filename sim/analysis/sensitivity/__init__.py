"""Which factors and policies matter (Morris, Sobol, PAWN, Shapley), and whether runs suffice."""
