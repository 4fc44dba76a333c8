"""Under which conditions something goes wrong: PRIM and CART boxes."""
