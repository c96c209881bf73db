"""One file for each thing the team does; each view makes one domain call."""
