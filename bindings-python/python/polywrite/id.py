"""IDs of things that are about to be created."""

from __future__ import annotations

from .generated.id import ID as ID
