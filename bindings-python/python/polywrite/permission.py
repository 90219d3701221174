"""Who may do what, as the server writes it."""

from __future__ import annotations

from .generated.permission import Permission as Permission
