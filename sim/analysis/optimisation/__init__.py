"""The best packages of policies under a budget: search (NSGA-II), Pareto front, fresh seeds."""
