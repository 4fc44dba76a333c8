"""The debtor: its fields, ability and beliefs, and the costs and gains that it weighs."""
