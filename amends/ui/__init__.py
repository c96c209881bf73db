"""What every screen is made of: components, styles, the doorkeeper."""
