"""Amends: the desk that makes things right with dissatisfied customers."""

__version__ = "0.1.0"
