"""The ways a complaint can reach us and an answer can leave: one folder per kind."""
