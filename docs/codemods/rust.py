"""Rewrites Rust programs of the official crate `appwrite` for `polywrite`: python3 rust.py FILE_OR_FOLDER …

It reads the crate's own signatures, so Cargo must have downloaded the crate (it has, where the program was ever
built). Files change in place: commit first, read the difference, and let the compiler report the rest. The program
lists calls whose arguments it cannot read and does not change them.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

Parameters = list[tuple[str, str]]


class Method(NamedTuple):
    """What the official crate says about a method."""

    parameters: Parameters
    generic: bool


# Models that hold the program's own data: calls that read them need its type.
GENERIC = ("Document", "DocumentList", "Preferences", "Row", "RowList")
# What moved or was renamed.
NAMES = [
    (r"\bappwrite::(?:id::)?ID\b", "polywrite::Id"),
    (r"\bappwrite::id::", "polywrite::"),
    (r"\bappwrite::(?:query|permission|role|topic)::", "polywrite::"),
    (r"\bappwrite::(?:input_file::)?InputFile\b", "polywrite::FileSource"),
    (r"\bappwrite::(?:error::)?AppwriteError\b", "polywrite::Error"),
    (r"\bappwrite::error::Result\b", "polywrite::Result"),
    (r"\bappwrite::client::Client\b", "polywrite::Client"),
    (r"\bappwrite::operator\b", "polywrite::Operator"),
    (r"\bappwrite::", "polywrite::"),
    (r"\buse polywrite::Operator(?:::\{[^}]*\}|::\*)?;", "use polywrite::Operator;"),
    (r"(?<![\w:])operator::(?=[a-z_]+\()", "Operator::"),
    (r"\bID::unique_with_padding\(([^()]*)\)", r"Id::unique_with(\1)?"),
    (r"\bID::custom\(((?:[^()]|\([^()]*\))*)\)", r"Id::custom(\1)?"),
    (r"\bID::", "Id::"),
    (r"\bAppwriteError\b", "Error"),
    (r"\bInputFile::from_path(?:_sync)?\(\s*([^,()]+),\s*None\s*,?\s*\)(?:\s*\.await)?\?", r"FileSource::path(\1)"),
    (
        r"\bInputFile::from_path(?:_sync)?\(\s*([^,()]+),\s*Some\(([^()]*)\)\s*,?\s*\)(?:\s*\.await)?\?",
        r"FileSource::path(\1).mime_type(\2)",
    ),
    (r"\bInputFile::from_bytes\(\s*([^,()]+),\s*([^,()]+),\s*None\s*,?\s*\)", r"FileSource::bytes(\2, \1)"),
    (r"\bInputFile\b", "FileSource"),
    (r"\.set_filename\(", ".file_name("),
    (r"\.set_mime_type\(", ".mime_type("),
    (r"\.status_code\(\)", ".status().unwrap_or(0)"),
    (r"\.get_message\(\)", ".message()"),
    (r"\.get_type\(\)", ".error_type()"),
    (r"\.get_response\(\)", '.body().unwrap_or("")'),
]
SIGNATURE = re.compile(
    r"pub async fn (\w+)\(\s*&self,?\s*(.*?)\s*\)\s*->\s*crate::error::Result<(.*?)>\s*\{", re.DOTALL
)
SETTERS = (
    r"endpoint|project|key|organization|jwt|bearer|locale|session|forwarded_user_agent|cookie|impersonate_user_\w+"
    r"|self_signed|chunk_size|timeout"
)
OPENING, CLOSING = "([{", ")]}"


def split(text: str) -> list[str]:
    """Splits at the commas outside of brackets and texts."""
    parts, start, depth, at = [], 0, 0, 0
    while at < len(text):
        letter = text[at]
        if letter == '"':
            at += 1
            while at < len(text) and text[at] != '"':
                at += 2 if text[at] == "\\" else 1
        elif text.startswith("//", at):
            at = text.find("\n", at) if "\n" in text[at:] else len(text)
        elif letter in OPENING:
            depth += 1
        elif letter in CLOSING:
            depth -= 1
        elif letter == "," and not depth:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def closing(text: str, at: int) -> int:
    """Finds where the bracket that opens at `at` closes."""
    depth = 0
    while at < len(text):
        if text[at] == '"':
            at += 1
            while text[at] != '"':
                at += 2 if text[at] == "\\" else 1
        elif text[at] in OPENING:
            depth += 1
        elif text[at] in CLOSING:
            depth -= 1
            if not depth:
                return at
        at += 1
    raise ValueError("a bracket does not close")


def official() -> Path:
    """The newest copy of the official crate that Cargo keeps."""
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    found = sorted((home / "registry" / "src").glob("*/appwrite-[0-9]*"), key=lambda it: it.stat().st_mtime)
    if not found:
        sys.exit("error: Cargo has no source of the crate `appwrite`: build your program with it once")
    return found[-1]


def signatures(crate: Path) -> dict[str, dict[str, Method]]:
    """Methods by service, as its struct is called."""
    services = {}
    for file in sorted((crate / "src" / "services").glob("*.rs")):
        text = file.read_text(encoding="utf-8")
        struct = re.search(r"pub struct (\w+) \{\n    client", text)
        if struct:
            services[struct[1]] = {
                name: Method(
                    [
                        (part.split(":", 1)[0].strip().removeprefix("r#"), part.split(":", 1)[1].strip())
                        for part in re.split(r",\s*(?![^<>]*>)", parameters)
                        if part.strip()
                    ],
                    name.startswith(("get_", "list_")) and returns.rsplit("::", 1)[-1] in GENERIC,
                )
                for name, parameters, returns in SIGNATURE.findall(text)
            }
    return services


def moved(method: str, parameters: Parameters) -> Parameters:
    """Sorts parameters as ours: what resets a value is required, and a file follows the other required arguments."""
    if re.fullmatch(r"update_(?!point|line|polygon|relationship)\w+_(?:attribute|column)", method) or method in (
        "update_password_history_policy",
        "update_user_limit_policy",
    ):
        parameters = [(name, f"must {kind}" if name in ("default", "total") else kind) for name, kind in parameters]
        parameters.sort(key=lambda it: it[1].startswith("Option<"))
    if method == "create_deployment" and [name for name, _ in parameters][:3] == ["function_id", "code", "activate"]:
        parameters[1], parameters[2] = parameters[2], parameters[1]
    return parameters


def argument(text: str, kind: str) -> str:
    """An argument of the official crate as one of ours."""
    text = re.sub(r"//[^\n\"]*$", "", text, flags=re.MULTILINE).strip()
    text = re.sub(r'("(?:[^"\\]|\\.)*")\.(?:into|to_string|to_owned)\(\)', r"\1", text)
    item = "String" if "String" in kind else "serde_json::Value"
    if "f64" in kind:
        # The crate's own examples write whole numbers here, which does not compile.
        text = re.sub(r"(?<![\w.])(\d+)(?![\w.])", r"\1.0", text)
    known = re.search(r"Vec<([\w:]+)>", kind)
    if known and known[1] not in ("String",):
        item = known[1].replace("crate::", "polywrite::")
    return re.sub(r"(?<![\w])vec!\[\]", f"Vec::<{item}>::new()", text)


def call(name: str, method: Method, arguments: list[str]) -> str | None:
    """The call as one of ours; None where an optional argument is neither `Some(…)` nor `None`."""
    given = dict(zip((each for each, _ in method.parameters), arguments, strict=True))
    required, setters = [], []
    for parameter, kind in moved(name, list(method.parameters)):
        value = argument(given[parameter], kind)
        if not kind.startswith("Option<"):
            required.append(value)
        elif value.startswith("Some(") and closing(value, 4) == len(value) - 1:
            raw = "r#" if parameter in ("type", "async", "default", "match", "ref", "use") else ""
            setters.append(f".{raw}{parameter}({value[5:-1]})")
        elif value != "None":
            return None
    generic = "::<serde_json::Value>" if method.generic else ""
    return f"{name}{generic}({', '.join(required)}){''.join(setters)}"


def calls(text: str, services: dict[str, dict[str, Method]], left: list[str]) -> str:
    """Rewrites the calls of services."""
    known = dict(re.findall(r"let (?:mut )?(\w+)(?:: \w+)? = (?:\w+::)*(\w+)::new\(", text))
    done, at = [], 0
    for found in re.finditer(r"\b(\w+)(\s*)\.(\w+)\(", text):
        if found.start() < at:
            continue
        receiver, space, name = found.groups()
        end = closing(text, found.end() - 1)
        arguments = [it for it in split(text[found.end() : end]) if re.sub(r"//[^\n]*", "", it).strip()]
        named = known.get(receiver) or receiver.replace("_", "").lower()
        same = [methods for service, methods in services.items() if service.lower() == named.lower()]
        of_service = [methods[name] for methods in same if name in methods]
        fitting = [it for it in of_service if len(it.parameters) == len(arguments)]
        if not fitting:
            continue
        ours = call(name, fitting[0], arguments)
        if ours is None:
            left.append(f"{receiver}.{name}: an optional argument is a variable; set it with `if let Some(…)`")
            continue
        done += [text[at : found.start()], f"{receiver}{space}.{ours}"]
        at = end + 1
    return "".join([*done, text[at:]])


def clients(text: str) -> str:
    """`Client::new()` and its setters, as a chain or as statements, become a builder."""

    def setter(found: re.Match[str]) -> str:
        name, value = found[1], found[2].strip()
        return f".{name}({f'std::time::Duration::from_secs({value})' if name == 'timeout' else value})"

    chained = rf"\s*\.set_({SETTERS})\(((?:[^()]|\([^()]*\))*)\)"
    statement = r"let (?:mut )?(\w+) = Client::new\(\);((?:[ \t]*(?://[^\n]*)?\n\s*\1\.set_\w+\([^;]*\);)*)"

    def statements(found: re.Match[str]) -> str:
        rest = re.sub(r";[ \t]*//[^\n]*", ";", found[2])
        made = "".join(setter(it) for it in re.finditer(chained, rest))
        return f"let {found[1]} = Client::builder(){made}.build()?;"

    text = re.sub(statement, statements, text)

    def chain(found: re.Match[str]) -> str:
        return f"Client::builder(){''.join(setter(it) for it in re.finditer(chained, found[0]))}.build()?"

    text = re.sub(rf"Client::new\(\)(?:{chained})+", chain, text)
    return re.sub(r"\.add_header\(", ".header(", text)


def rewritten(text: str, services: dict[str, dict[str, Method]], left: list[str]) -> str:
    """A program of the official crate as one of ours."""
    text = clients(calls(text, services, left))
    for old, new in NAMES:
        text = re.sub(old, new, text)
    return text


def main(names: list[str]) -> None:
    """Rewrites files in place."""
    services = signatures(official())
    for name in names:
        for file in sorted(Path(name).rglob("*.rs")) if Path(name).is_dir() else [Path(name)]:
            before, left = file.read_text(encoding="utf-8"), list[str]()
            after = rewritten(before, services, left)
            if after != before:
                file.write_text(after, encoding="utf-8")
                print(f"{file}: rewritten")
            for each in left:
                print(f"{file}: left alone: {each}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
