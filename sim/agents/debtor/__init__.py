"""The debtor: its record, its ability, its beliefs, and the ledger on which it decides."""
