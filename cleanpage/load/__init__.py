"""Loaders: each turns one kind of input into text and blocks."""
