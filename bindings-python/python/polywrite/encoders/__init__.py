"""JSON encoders, where PyPI appwrite has them."""
