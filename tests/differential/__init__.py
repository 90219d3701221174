"""Compares the requests of the official SDKs with the vectors, which every one of our languages meets."""
