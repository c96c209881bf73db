"""`python -m amends` is the same as `amends`."""

from amends.cli import main

if __name__ == "__main__":  # a process that reads in bulk imports this module without beginning anew
    main()
