"""Tests against a server that is not ours: what it offers, what a run left there, and a broom that takes it away."""
