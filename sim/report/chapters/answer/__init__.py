"""The chapters with the answer: conclusion, results, who pays, who is reached, who is harmed."""
