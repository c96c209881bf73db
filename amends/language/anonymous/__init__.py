"""Taking out of a text what could tell who it is about: stand-ins for what is found, marks for what a person judges."""
