"""What leaves the house by itself: the open complaint report, and the letters of figures people asked for."""
