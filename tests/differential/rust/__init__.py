"""Writes the program that makes every call of the official crate, from the signatures in the crate's source."""
