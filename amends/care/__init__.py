"""Care for the people at the desk: what they carry, known to themselves alone."""
