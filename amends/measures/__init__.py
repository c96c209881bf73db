"""Figures one can trust: each with its interval and its sentence, and none where there is too little to tell."""
