"""Sources that several parameters share."""

PROTOTYPE = "feasible in a one-court prototype of the choice and capacity loop"
