"""What `polywrite types` writes, in all languages."""
