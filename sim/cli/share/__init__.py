"""Commands that prepare what is handed on: reports, compiled rules."""
