"""The trained parts of reading: hashed features, small linear heads, and the weights that ship with the package."""
