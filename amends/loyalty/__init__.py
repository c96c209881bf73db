"""Customers over time: what a colleague should know of them, what they were given, whether they stayed."""
