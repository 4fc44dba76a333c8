"""Commands that inspect scenarios, levers, indicators, files, decisions of actors, burn-in."""
