"""Privacy: what we hold about a customer, given out whole or erased, while every figure and the ledger stay true."""
