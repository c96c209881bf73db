"""What the people of the desk say of their own practice: asked in rounds, and told of nobody."""
