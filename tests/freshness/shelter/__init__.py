"""A server that codegen/tests/documents/shapes.json describes, and a program in each language that calls it."""
