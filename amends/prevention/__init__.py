"""Stopping it from happening again: causes, changes, and telling those it hurt."""
