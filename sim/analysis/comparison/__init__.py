"""Scenarios side by side: differences, money, whom policies reach, doses and costs."""
