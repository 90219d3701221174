"""The outcomes of a client's calls."""

from __future__ import annotations

import collections
import json


class Report:
    def __init__(self) -> None:
        self.done = self.wrong = 0
        self.good_posts: list[str] = []
        self.errors: collections.Counter[str] = collections.Counter()

    def succeeded(self, post: bool, user: str, found: str) -> None:
        self.done += 1
        if found != user:
            self.wrong += 1
        elif post:
            self.good_posts.append(user)

    def failed(self, post: bool, error: Exception) -> None:
        self.done += 1
        self.errors[f"{'POST' if post else 'GET'} {type(error).__name__}"] += 1

    def print(self) -> None:
        result = {"done": self.done, "wrong": self.wrong, "good_posts": self.good_posts, "errors": self.errors}
        print("result", json.dumps(result))
