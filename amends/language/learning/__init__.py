"""How a desk's own corrections become a small correction of the heads, and how it is told whether that helps."""
