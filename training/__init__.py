"""Learns the weights that the package ships, from labelled pages."""
