"""Writes a Swift package that follows a plan of tests/vectors, from the signatures in bindings-swift."""
