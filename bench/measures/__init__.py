"""How far the measures can be trusted: coverage of intervals, false alarms, false successes, power; all seeded."""
