"""What all cases together say: one question each, a sentence first, every number with its cases; queries only."""
