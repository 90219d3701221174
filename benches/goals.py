"""The goals of the project, most as ratios to a client measured in the same run."""

from typing import NamedTuple


class Goal(NamedTuple):
    """At most `at_most` times what `peer` needs of `column` in `scenario`; without a peer, at most `at_most` itself."""

    scenario: str
    language: str
    peer: str
    column: str
    at_most: float
    about: str


CPU = "cpuMicros"
SECONDS = "cpuSeconds"
ELAPSED = "seconds"
START = "cpuMs"
GROWTH = "growthMiB"
"""Growth from before the work to its peak."""
RISE = "riseMiB"
"""Growth from the first calls to the end of a long run."""
CONNECTIONS = "connsPer1000"
NO_PEER = ""
BY_HAND = "polywrite by hand"
"""Our own client, with the calls that a program makes without `iterate_rows` and `bulk_create_rows`."""
NO_HOOKS = "polywrite without hooks"
"""Our own client, whose calls report to no hooks; the other one's hooks do nothing."""
ONE_CONNECTION = "polywrite over one connection"
"""Our own client without `parallel`; the other one's downloads have four connections."""
FLAT = 10
"""MiB over 100,000 calls that still count as flat: garbage collectors vary by as much."""

RUST = [
    Goal("get", "rust", "reqwest", CPU, 1.1, "GET, CPU per call"),
    Goal("tls", "rust", "reqwest", CPU, 1.1, "GET over TLS, CPU per call"),
    Goal("conc64", "rust", "reqwest", CPU, 1.1, "64 GETs in flight, CPU per call"),
    Goal("list5000", "rust", "appwrite", CPU, 0.5, "5,000 typed rows, CPU per call"),
    Goal("ssr", "rust", "appwrite", CPU, 0.001, "a client per call, CPU per call"),
    Goal("clients1000", "rust", NO_PEER, CONNECTIONS, 1, "connections per 1,000 calls, a client per call"),
    Goal("conns", "rust", NO_PEER, CONNECTIONS, 1, "connections per 1,000 calls"),
    Goal("upload1024", "rust", "appwrite", SECONDS, 0.9, "1 GiB up, CPU"),
    Goal("upload1024", "rust", NO_PEER, GROWTH, 48, "1 GiB up, growth of memory"),
    Goal("download256", "rust", NO_PEER, GROWTH, 8, "256 MiB down as a stream, growth of memory"),
    Goal("file", "rust", NO_PEER, GROWTH, 8, "256 MiB down to a file, growth of memory"),
    Goal("parallel", "rust", ONE_CONNECTION, ELAPSED, 0.35, "128 MiB down over four connections of 32 MiB/s, time"),
    Goal("memory", "rust", NO_PEER, RISE, FLAT, "100,000 calls, rise of memory"),
    Goal("hooks", "rust", NO_HOOKS, CPU, 1.15, "GET with hooks that do nothing, CPU per call"),
    Goal("iterate", "rust", BY_HAND, SECONDS, 1.05, "100,000 rows read page by page, CPU"),
    Goal("iterate", "rust", NO_PEER, GROWTH, 8, "100,000 rows read page by page, growth of memory"),
    Goal("bulk", "rust", BY_HAND, SECONDS, 1.1, "100,000 rows created, CPU"),
    Goal("bulk", "rust", NO_PEER, GROWTH, 8, "100,000 rows created, growth of memory"),
    Goal("build", "rust", "appwrite", SECONDS, 0.7, "a fresh release build of a hello-world, CPU"),
    Goal("buildFew", "rust", "appwrite", SECONDS, 0.5, "the same with `tables-db`, `users` and `storage` alone, CPU"),
    Goal("build", "rust", "appwrite", "compilerMiB", 0.5, "the same, memory of the largest compiler process"),
]

NODE = [
    Goal("get", "node", "appwrite", CPU, 0.35, "GET, CPU per call"),
    Goal("conc64", "node", "appwrite", CPU, 0.2, "64 GETs in flight, CPU per call"),
    Goal("list25", "node", "appwrite", CPU, 0.3, "25 rows, CPU per call"),
    Goal("list5000", "node", "appwrite", CPU, 0.25, "5,000 rows, CPU per call"),
    Goal("cold", "node", "appwrite import", START, 0.6, "cold import, CPU"),
    Goal("get", "node", "undici", CPU, 0.9, "GET, CPU per call"),
    Goal("conc64", "node", "undici", CPU, 0.75, "64 GETs in flight, CPU per call"),
    Goal("list5000", "node", "undici", CPU, 1.0, "5,000 rows, CPU per call"),
    Goal("upload1024", "node", "appwrite", SECONDS, 0.35, "1 GiB up, CPU"),
    Goal("upload1024", "node", NO_PEER, GROWTH, 48, "1 GiB up, growth of memory"),
    Goal("file", "node", NO_PEER, GROWTH, 16, "256 MiB down to a file, growth of memory"),
    Goal("conns", "node", NO_PEER, CONNECTIONS, 1, "connections per 1,000 calls"),
    Goal("ssr", "node", NO_PEER, CONNECTIONS, 1, "connections per 1,000 calls, a client per call"),
    Goal("parallel", "node", ONE_CONNECTION, ELAPSED, 0.35, "128 MiB down over four connections of 32 MiB/s, time"),
    Goal("memory", "node", NO_PEER, RISE, FLAT, "100,000 calls, rise of memory"),
    Goal("hooks", "node", NO_HOOKS, CPU, 1.15, "GET with hooks that do nothing, CPU per call"),
    Goal("iterate", "node", BY_HAND, SECONDS, 1.05, "100,000 rows read page by page, CPU"),
    Goal("iterate", "node", NO_PEER, GROWTH, 8, "100,000 rows read page by page, growth of memory"),
    Goal("bulk", "node", BY_HAND, SECONDS, 1.1, "100,000 rows created, CPU"),
    Goal("bulk", "node", "appwrite", SECONDS, 0.3, "100,000 rows created, CPU"),
    Goal("bulk", "node", NO_PEER, GROWTH, 8, "100,000 rows created, growth of memory"),
    Goal("realtime", "node", "ws", CPU, 0.5, "10,000 events of rows, CPU per event"),
    Goal("build", "node", NO_PEER, "binaryMB", 6, "the native library"),
    Goal("build", "node", NO_PEER, "requireMs", 8, "a `require` of the package, CPU above Node's own"),
    Goal("build", "node", NO_PEER, "importMs", 8, "an `import` of the package, CPU above Node's own"),
]

PYTHON = [
    Goal("get", "python", "appwrite", CPU, 0.15, "GET, CPU per call"),
    Goal("tls", "python", "appwrite", CPU, 0.02, "GET over TLS, CPU per call"),
    Goal("create", "python", "appwrite", CPU, 0.15, "a row created, CPU per call"),
    Goal("list25", "python", "appwrite", CPU, 0.15, "25 rows, CPU per call"),
    Goal("typed5000", "python", "appwrite", CPU, 0.2, "5,000 rows and five attributes of each, CPU per call"),
    Goal("cold", "python", "appwrite import", START, 0.12, "cold import, CPU"),
    Goal("asyncio64", "python", "appwrite", CPU, 0.06, "asyncio, 64 in flight, beside its 64 threads, CPU per call"),
    Goal("asyncio64", "python", "aiohttp", CPU, 0.6, "asyncio, 64 in flight, CPU per call"),
    Goal("get", "python", "pycurl", CPU, 1.2, "GET, CPU per call"),
    Goal("upload1024", "python", "appwrite", SECONDS, 0.5, "1 GiB up, CPU"),
    Goal("upload1024", "python", NO_PEER, GROWTH, 48, "1 GiB up, growth of memory"),
    Goal("file", "python", NO_PEER, GROWTH, 8, "256 MiB down to a file, growth of memory"),
    Goal("conns", "python", NO_PEER, CONNECTIONS, 1, "connections per 1,000 calls"),
    Goal("ssr", "python", NO_PEER, CONNECTIONS, 1, "connections per 1,000 calls, a client per call"),
    Goal("parallel", "python", ONE_CONNECTION, ELAPSED, 0.35, "128 MiB down over four connections of 32 MiB/s, time"),
    Goal("memory", "python", NO_PEER, RISE, FLAT, "100,000 calls, rise of memory"),
    Goal("hooks", "python", NO_HOOKS, CPU, 1.15, "GET with hooks that do nothing, CPU per call"),
    Goal("iterate", "python", BY_HAND, SECONDS, 1.05, "100,000 rows read page by page, CPU"),
    Goal("iterate", "python", NO_PEER, GROWTH, 8, "100,000 rows read page by page, growth of memory"),
    Goal("bulk", "python", BY_HAND, SECONDS, 1.1, "100,000 rows created, CPU"),
    Goal("bulk", "python", "appwrite", SECONDS, 0.25, "100,000 rows created, CPU"),
    Goal("bulk", "python", NO_PEER, GROWTH, 8, "100,000 rows created, growth of memory"),
    Goal("realtime", "python", "websockets", CPU, 0.5, "10,000 events of rows, CPU per event"),
]

SWIFT = [
    Goal("get", "swift", "urlsession", CPU, 0.6, "GET, CPU per call"),
    Goal("conc64", "swift", "urlsession", CPU, 0.5, "64 GETs in flight, CPU per call"),
    Goal("list5000", "swift", "urlsession", CPU, 1.0, "5,000 rows, CPU per call"),
    Goal("file", "swift", NO_PEER, GROWTH, 8, "256 MiB down to a file, growth of memory"),
    Goal("memory", "swift", NO_PEER, RISE, FLAT, "100,000 calls, rise of memory"),
    Goal("hooks", "swift", NO_HOOKS, CPU, 1.15, "GET with hooks that do nothing, CPU per call"),
    Goal("iterate", "swift", BY_HAND, SECONDS, 1.05, "100,000 rows read page by page, CPU"),
    Goal("iterate", "swift", NO_PEER, GROWTH, 8, "100,000 rows read page by page, growth of memory"),
    Goal("bulk", "swift", BY_HAND, SECONDS, 1.1, "100,000 rows created, CPU"),
    Goal("bulk", "swift", NO_PEER, GROWTH, 8, "100,000 rows created, growth of memory"),
]

EMULATOR = [
    Goal(
        f"emulator, {name}",
        "emulator",
        NO_PEER,
        "callMicros",
        200,
        f"5,000 calls a second on two cores: {name}, time per call",
    )
    for name in ("create", "get", "update", "increment")
]

GOALS = [*RUST, *NODE, *PYTHON, *SWIFT, *EMULATOR]
