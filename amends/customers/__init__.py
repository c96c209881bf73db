"""The people who complain: one record each, with every address they write from."""
