"""Runs the vectors: writes the plan that the runners follow, and judges what they report."""
