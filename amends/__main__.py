"""`python -m amends` is the same as `amends`."""

from amends.cli import main

main()
