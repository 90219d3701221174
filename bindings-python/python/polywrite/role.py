"""Whom a permission is for."""

from __future__ import annotations


class Role:
    @staticmethod
    def any() -> str:
        """Everyone, signed in or not."""
        return "any"

    @staticmethod
    def user(id: str, status: str = "") -> str:
        """One user; with the status `verified` or `unverified`, only while that holds."""
        return f"user:{id}/{status}" if status else f"user:{id}"

    @staticmethod
    def users(status: str = "") -> str:
        """Every user that is signed in, or those of a status."""
        return f"users/{status}" if status else "users"

    @staticmethod
    def guests() -> str:
        """Everyone who is not signed in."""
        return "guests"

    @staticmethod
    def team(id: str, role: str = "") -> str:
        """The members of a team, or those with a role in it."""
        return f"team:{id}/{role}" if role else f"team:{id}"

    @staticmethod
    def member(id: str) -> str:
        """One membership of a team."""
        return f"member:{id}"

    @staticmethod
    def label(name: str) -> str:
        """Every user with a label."""
        return f"label:{name}"
