"""The debtor: its record, ability and beliefs, and the ledger on which it decides."""
