"""Eighteen months of the sample company: complaints told by seeded dice, and lived through by the real verbs."""
