"""Uploads a file with a progress bar: `python upload.py FILE [BUCKET]`.

Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY (with `files.write`, and `buckets.write` when no
bucket is named).
"""

from __future__ import annotations

import sys
from typing import Any

from polywrite import ID, AppwriteException, Client, InputFile, Storage

WIDTH = 40


def show(progress: dict[str, Any]) -> None:
    done = int(WIDTH * progress["progress"] / 100)
    mib = progress["sizeUploaded"] / 1024 / 1024
    print(f"\r{'█' * done}{'░' * (WIDTH - done)} {mib:6.1f} MiB", end="", file=sys.stderr, flush=True)


def main(path: str, bucket: str = "") -> None:
    storage = Storage(Client.from_env())
    bucket = bucket or storage.create_bucket(ID.unique(), "Uploads").id
    source = InputFile.from_path(path)
    try:
        file = storage.create_file(bucket, ID.unique(), source, on_progress=show)
    except AppwriteException as error:
        sys.exit(f"\n{error}")
    print(file=sys.stderr)
    print(f"{file.name}: {file.size_original} bytes in bucket {bucket}, file {file.id}")


if __name__ == "__main__":
    main(*sys.argv[1:])
