"""The purse: what a team may give beside what it owes, and what was promised, used, lapsed or given back."""
