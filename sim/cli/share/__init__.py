"""Commands that prepare reports and compiled rules."""
