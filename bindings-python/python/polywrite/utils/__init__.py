"""Small tools, where PyPI appwrite has them."""
