"""What a creditor does until there is a title: settle, sue, preserve, go to trial."""
