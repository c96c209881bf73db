"""The sample company: people, remedies, causes, and complaints that arrive through the real door."""
