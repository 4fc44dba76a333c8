"""Scenarios side by side: differences, money, whom policies reached, doses and costs."""
