"""Packages that `polywrite build` makes of an OpenAPI document, installed and called without a compiler."""
