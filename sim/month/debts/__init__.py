"""Before any dispute: debtors and their incomes, claims that fall due, insurance and lending."""
