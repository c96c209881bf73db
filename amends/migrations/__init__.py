"""One line of history for the whole product."""
