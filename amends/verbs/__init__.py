"""Everything that can be done to a case, as one table that every door reads."""
