"""What each figure is held against: the goals of the project, as ratios to a client measured in the same run."""

from typing import NamedTuple


class Goal(NamedTuple):
    """At most `at_most` times what `peer` needs of `column` in `scenario`."""

    scenario: str
    language: str
    peer: str
    column: str
    at_most: float
    about: str


CPU = "cpuMicros"
UPLOAD = "cpuSeconds"

GOALS = [
    Goal("get", "rust", "reqwest", CPU, 1.1, "GET, CPU per call"),
    Goal("tls", "rust", "reqwest", CPU, 1.1, "GET over TLS, CPU per call"),
    Goal("conc64", "rust", "reqwest", CPU, 1.1, "64 GETs in flight, CPU per call"),
    Goal("list5000", "rust", "appwrite", CPU, 0.5, "5,000 typed rows, CPU per call"),
    Goal("ssr", "rust", "appwrite", CPU, 0.001, "a client per call, CPU per call"),
    Goal("upload1024", "rust", "appwrite", UPLOAD, 0.9, "1 GiB up, CPU"),
    Goal("get", "node", "appwrite", CPU, 0.35, "GET, CPU per call"),
    Goal("conc64", "node", "appwrite", CPU, 0.2, "64 GETs in flight, CPU per call"),
    Goal("list25", "node", "appwrite", CPU, 0.3, "25 rows, CPU per call"),
    Goal("list5000", "node", "appwrite", CPU, 0.25, "5,000 rows, CPU per call"),
    Goal("cold", "node", "appwrite import", "cpuMs", 0.6, "cold import, CPU"),
    Goal("get", "node", "undici", CPU, 0.9, "GET, CPU per call"),
    Goal("conc64", "node", "undici", CPU, 0.75, "64 GETs in flight, CPU per call"),
    Goal("list5000", "node", "undici", CPU, 1.0, "5,000 rows, CPU per call"),
    Goal("upload1024", "node", "appwrite", UPLOAD, 0.35, "1 GiB up, CPU"),
    Goal("get", "python", "appwrite", CPU, 0.15, "GET, CPU per call"),
    Goal("tls", "python", "appwrite", CPU, 0.02, "GET over TLS, CPU per call"),
    Goal("create", "python", "appwrite", CPU, 0.15, "a row created, CPU per call"),
    Goal("list25", "python", "appwrite", CPU, 0.15, "25 rows, CPU per call"),
    Goal("list5000", "python", "appwrite", CPU, 0.2, "5,000 rows, CPU per call"),
    Goal("cold", "python", "appwrite import", "cpuMs", 0.12, "cold import, CPU"),
    Goal("get", "python", "pycurl", CPU, 1.2, "GET, CPU per call"),
    Goal("upload1024", "python", "appwrite", UPLOAD, 0.5, "1 GiB up, CPU"),
]
