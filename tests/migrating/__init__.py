"""What docs/migrating.md promises to programs of the official crate."""
