"""Benchmarks: what the product costs in CPU time, printed as one JSON line a figure."""
