"""The practice room: rounds a trainee played with a simulated customer, private to the trainee, and drills.

Nothing here writes to the ledger: a round is nobody's case, and the ledger is read by others.
"""
