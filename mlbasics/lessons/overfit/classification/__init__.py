"""The classification task: k nearest neighbors, for every k, on labels that noise has mixed."""
