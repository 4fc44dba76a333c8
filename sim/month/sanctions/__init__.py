"""What is done to a debtor who refuses: interest, list, fines, detention, prison."""
