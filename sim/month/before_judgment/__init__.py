"""Before there is an enforceable title: creditors settle, preserve assets, sue, go to trial."""
