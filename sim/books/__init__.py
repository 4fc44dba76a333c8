"""What a month moves and counts: accounts, movements of money, sums."""
