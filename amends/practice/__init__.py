"""The practice room: rounds with a simulated customer, drills and courses, private to the trainee.

Nothing of a round goes to the ledger: it is nobody's case, and the ledger is read by others. The one thing that does is
a certificate that its holder shows, because it may raise what they can grant.
"""
