"""Courts: their officers' hours, auctions, standards, and the court above them."""
