"""The programs in the guides, taken out so that compilers and type checkers can read them."""
