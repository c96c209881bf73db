"""The simulated customer measured: scripted trainees and the design claims, on many tables and random games."""
