"""Before a claim is contested: people, incomes, what falls due, who insures or lends."""
