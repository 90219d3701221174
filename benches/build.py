"""What users install, import and compile: the native library for Node, an import of its package, and a fresh release
build of a hello-world with our crate, with three of its services alone, and with the official crate.

usage: python3 -m benches.build RESULTS.json LANGUAGE…     adds to RESULTS.json in the harness's shape
"""

from __future__ import annotations

import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
WORK = pathlib.Path(os.environ.get("BENCH_WORK", "."))
MAIN = """#[tokio::main(flavor = "current_thread")]
async fn main() {{
    let client = {client};
    println!("{{:?}}", {users}::new(&client).get("u").await.map(|user| user.name));
}}
"""
OURS = (
    'polywrite::Client::builder().endpoint("http://127.0.0.1:18080/v1").project("p").key("k").build().unwrap()',
    "polywrite::services::Users",
)
FEW = 'default-features = false, features = ["tables-db", "users", "storage"]'
HELLO = {
    "polywrite": (f'polywrite = {{ path = "{ROOT}/core" }}', *OURS),
    "few": (f'polywrite = {{ path = "{ROOT}/core", {FEW} }}', *OURS),
    "appwrite": (
        'appwrite = "=0.22.0"',
        'appwrite::Client::new().set_endpoint("http://127.0.0.1:18080/v1").set_project("p").set_key("k")',
        "appwrite::services::Users",
    ),
}


def hello(name: str) -> dict[str, float]:
    """CPU seconds of the whole build, and the memory of its largest process. The peak of children never falls, so this
    runs in a process of its own."""
    dependency, client, users = HELLO[name]
    folder = WORK / f"hello-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "src").mkdir(parents=True)
    package = '[package]\nname = "hello"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
    tokio = 'tokio = { version = "1", features = ["macros", "rt"] }\n'
    (folder / "Cargo.toml").write_text(f"{package}{dependency}\n{tokio}")
    (folder / "src/main.rs").write_text(MAIN.format(client=client, users=users))
    environment = {**os.environ, "CARGO_TARGET_DIR": f"{folder}/target"}
    cargo = {"cwd": folder, "env": environment, "check": True}
    subprocess.run(["cargo", "fetch", "--quiet"], **cargo)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["cargo", "build", "--release", "--quiet", "--offline", "-j2"], **cargo)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    size = (folder / "target/release/hello").stat().st_size
    shutil.rmtree(folder)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpuSeconds": seconds, "compilerMiB": after.ru_maxrss / 1024, "binaryMB": size / 1e6}


def imported(rounds: int = 31) -> dict[str, float]:
    """Milliseconds of CPU of a `require` and an `import` of the npm package above those of Node alone: medians,
    interleaved."""
    programs = {
        "none": ["-e", ""],
        "require": ["-e", 'require("polywrite")'],
        "import": ["--input-type=module", "-e", 'import "polywrite"'],
    }
    spent: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, arguments in programs.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(["node", *arguments], cwd=ROOT / "examples", check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    alone = statistics.median(spent.pop("none"))
    return {f"{name}Ms": (statistics.median(seconds) - alone) * 1000 for name, seconds in spent.items()}


def native() -> float:
    """MB of the library in the package for this platform."""
    for package in (ROOT / "dist/node").glob("polywrite-*-*-*.tgz"):
        with tarfile.open(package) as archive:
            return next(member.size for member in archive if member.name.endswith(".node")) / 1e6
    raise FileNotFoundError("dist/node has no package: ./dev build node")


def main(target: str, *languages: str) -> None:
    path = pathlib.Path(target)
    results = json.loads(path.read_text()) if path.exists() else {}
    if "rust" in languages:
        rows = {}
        for name in HELLO:
            command = [sys.executable, "-m", "benches.build", "--hello", name]
            row = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
            rows[name] = {**row, "runs": [row]}
        few = rows.pop("few")
        results.setdefault("build", {})["rust"] = rows
        results["buildFew"] = {"rust": {**rows, "polywrite": few}}
    if "node" in languages:
        row = {"binaryMB": native(), **imported()}
        results.setdefault("build", {}).setdefault("node", {})["polywrite"] = {**row, "runs": [row]}
    path.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    if sys.argv[1] == "--hello":
        print(json.dumps(hello(sys.argv[2])))
    else:
        main(*sys.argv[1:])
