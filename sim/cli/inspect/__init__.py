"""Commands that show what there is: scenarios, levers, indicators, one actor's decision."""
