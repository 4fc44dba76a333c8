"""Scenarios side by side: differences, money, the reach of policies, doses and costs."""
