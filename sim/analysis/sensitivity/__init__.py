"""Which factor or policy matters: Morris, Sobol, PAWN, Shapley, and convergence."""
