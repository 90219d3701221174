"""Many calls to servers that misbehave, by our clients and by others."""
