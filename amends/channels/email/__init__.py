"""E-mail in and out: the door, the walker, the letter."""
