"""What all stages of a claim use: the state, counts, accounts, payments."""
