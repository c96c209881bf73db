"""Help among colleagues: a second look before a letter leaves, a word after it left; between the two, nobody else."""
