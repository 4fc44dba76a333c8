"""Who exists: the record and the rules of each actor, a file an actor."""
