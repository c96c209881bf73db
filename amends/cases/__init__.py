"""One complaint from the first words to the closing: messages, issues, notes, events."""
