"""The library: what was learned from a complaint, told without telling whose it was, and what other firms did."""
