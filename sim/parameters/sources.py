"""Sources that several parameters share."""

PROTOTYPE = "from an earlier one-court model of debtors' choices and officers' capacity"
