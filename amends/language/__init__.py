"""The product's ears and tongue: reading complaints and checking replies, offline and without Django."""
