"""The simulated customer: state, moves, rules, people and scenarios, a toy by design and without Django."""
