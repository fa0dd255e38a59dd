"""Words as the index knows them."""
