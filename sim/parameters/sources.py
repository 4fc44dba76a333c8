"""Sources that several parameters share."""

PROTOTYPE = "feasible in a one-court prototype of choice and capacity"
