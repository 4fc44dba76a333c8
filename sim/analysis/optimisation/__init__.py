"""The best packages under a budget: NSGA-II, the Pareto front, fresh seeds."""
