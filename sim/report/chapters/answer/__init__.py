"""The chapters that answer: what came out, who pays, who is reached, and who is hurt."""
