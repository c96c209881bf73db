"""How well the product reads and checks: the corpora, the training and the figures."""
