"""The scenarios a house writes itself: kept in versions, played like those that come with Amends."""
