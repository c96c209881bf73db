"""How a trainee's free words become moves: each module hears one family of them in a turn."""
