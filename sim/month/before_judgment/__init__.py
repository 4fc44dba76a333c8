"""What a creditor does until it has an enforceable title: settle, preserve, sue, go to trial."""
