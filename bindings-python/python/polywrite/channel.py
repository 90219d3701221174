"""Where events come from."""

from __future__ import annotations

from .generated.channel import Channel as Channel
