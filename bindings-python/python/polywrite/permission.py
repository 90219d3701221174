"""Who may do what, as the server writes it."""

from __future__ import annotations


class Permission:
    """Each takes a role of `Role`."""

    @staticmethod
    def read(role: str) -> str:
        return f'read("{role}")'

    @staticmethod
    def write(role: str) -> str:
        """Create, update and delete in one."""
        return f'write("{role}")'

    @staticmethod
    def create(role: str) -> str:
        return f'create("{role}")'

    @staticmethod
    def update(role: str) -> str:
        return f'update("{role}")'

    @staticmethod
    def delete(role: str) -> str:
        return f'delete("{role}")'
