"""Extracts the programs in the guides, so that compilers and type checkers can read them."""
