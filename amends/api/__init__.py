"""The door for programs: JSON over HTTP, with a token for a person."""
