"""What `json.dumps(…, cls=ValueClassEncoder)` needs for models and enums."""

import json
from typing import Any

from ..model import Model


class ValueClassEncoder(json.JSONEncoder):
    """Writes models with their wire names. Enums are text, which JSON knows already."""

    def default(self, o: Any) -> Any:
        return o.to_dict() if isinstance(o, Model) else super().default(o)
