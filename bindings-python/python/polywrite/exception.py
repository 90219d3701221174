"""What goes wrong, one class per kind. All of them are `AppwriteException`."""

from __future__ import annotations

from ._exception import AppwriteException as AppwriteException
from .generated.exceptions import *
