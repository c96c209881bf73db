"""The people who make things right: who they are, which team, what they may do."""
