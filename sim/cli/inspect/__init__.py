"""Commands that inspect: scenarios, levers, indicators, files, one actor's decision, burn-in."""
