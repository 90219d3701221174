"""Tests against a foreign server: what it offers, what a run left there, and a proxy that deletes it."""
