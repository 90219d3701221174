"""Whom a permission is for."""

from __future__ import annotations

from .generated.role import Role as Role
