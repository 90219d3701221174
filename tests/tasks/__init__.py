"""Tests of what ./dev runs."""
