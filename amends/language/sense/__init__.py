"""What a text is about, by a small public model that is asked for by name: the optional extra `embeddings`."""
