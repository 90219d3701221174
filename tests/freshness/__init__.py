"""Tests what a build from another definition made."""
