"""As a month ends: institutions weigh, debtors learn, stocks and books are closed."""
