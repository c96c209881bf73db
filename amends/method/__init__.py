"""The method in plain Python: the steps of a recovery, what opens each gate, who may grant what."""
