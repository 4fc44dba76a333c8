"""Sanctions on a debtor who refuses to pay: interest, list, fines, detention, prison."""
