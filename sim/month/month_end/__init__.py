"""The end of a month: institutions decide, debtors learn, stocks are counted, books are closed."""
