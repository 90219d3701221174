"""Checks the words of STYLE.md: none of our texts has a word of WORDS.

A word joins the list when the tree is free of it. EXCEPT names the places where a word is right, as file and text.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What not to write, and what to write instead.
WORDS = {
    r"hung up|hangs up|hang up": "closed the connection",
    r"sees to it|see to it": "makes sure, or name what acts",
    r"in vain": "without success",
    r"nobody|whoever": "name who: no program, no task, a caller who",
    r"tells?|told|telling": "say, report, show, distinguish",
    r"manners|brooms?|scouts?|vigil": "name what is meant",
    r"movements?": "progress",
    r"unanswered": "without a response",
    r"by way of": "by, or through",
    r"can't": "cannot",
    r"won't": "does not, or will not",
    r"whitelist|blacklist": "allow list, block list",
    r"master|slave": "main",
    r"sanity": "check",
    r"dummy": "say what it stands for",
    r"utili[sz]e|leverage": "use",
    r"simply|easily|obviously|of course": "leave it out",
    r"FIXME|XXX": "mend it, or open an issue",
    r"e\.g\.|i\.e\.|etc\.": "such as, that is, and so on",
}
# Data, what others wrote, what codegen made of api/, and the two files that name the words.
LEFT_OUT = re.compile(
    r"(^|/)generated/|^bindings-python/python/polywrite/(enums|error_types|models|services)/|^tests/fixtures/|^benches/(harness|RESULTS)|(^|/)(LICENSE|NOTICE|THIRD_PARTY)|[.-]lock|\.svg$"
    r"|^STYLE\.md$|^tasks/words\.py$"
)
EXCEPT = {
    # What nginx calls its first process.
    ("core/tests/nginx.rs", "master"),
    # The method of a file object.
    ("bindings-python/python/polywrite/_upload.py", "tell"),
    # A role that Appwrite does not know, and an account.
    ("emulator/src/auth/permission.rs", "nobody"),
    ("emulator/tests/recordings/plan-flows.txt", "nobody"),
}


def places() -> list[str]:
    """The places of words that STYLE.md does not use."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    wrong = []
    for name in listed.split("\0"):
        file = ROOT / name
        if not name or LEFT_OUT.search(name) or not file.is_file() or file.is_symlink():
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for pattern, instead in WORDS.items():
            for found in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.IGNORECASE):
                if (name, found[0]) not in EXCEPT:
                    line = text.count("\n", 0, found.start()) + 1
                    wrong.append(f"{name}:{line}: {found[0]!r}: {instead}")
    return wrong


if __name__ == "__main__":
    if wrong := places():
        sys.exit("error: words that STYLE.md does not use:\n" + "\n".join(wrong))
