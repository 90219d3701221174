# A release on one machine: the packages of the next version are made in a copy of this tree as the release makes them,
# published to registries here, installed by name with every package manager, and called.
# ./dev release --rehearse [--quick] [LANGUAGE …]    --quick: only the library of this machine; others have a stand-in

rehearsal=$root/target/rehearsal
tools=$cache/rehearsal
copy=$rehearsal/tree
host=$(rustc -vV | sed -n 's/^host: //p')
results=() servers=()

. tasks/rehearsal/registries.sh
. tasks/rehearsal/npm.sh
. tasks/rehearsal/pypi.sh
. tasks/rehearsal/crates.sh
. tasks/rehearsal/swift.sh

# Runs a step in a shell of its own and notes how it ended: step WHAT COMMAND…
step() {
    local what=$1 log=$rehearsal/step.log
    shift
    say "rehearsal: $what"
    local status=0
    # Not in a condition, where `set -e` does nothing.
    set +e
    (set -e; "$@") >"$log" 2>&1
    status=$?
    set -e
    if [ "$status" = 0 ]; then
        results+=("works|$what|$(sed -n '/^called with/p' "$log" | tail -n 1)")
    else
        tail -n 40 "$log" >&2
        results+=("FAILS|$what|$(sed '/^ *$/d' "$log" | tail -n 1 | cut -c 1-80)")
    fi
}

# The version after this one: no registry has it.
rehearsal_version() { python3 tasks/version.py | awk -F. '{ print $1 "." $2 "." $3 + 1 }'; }

# A copy of what git knows or would take, with the next version.
rehearsal_copy() {
    mkdir -p "$copy"
    git ls-files --cached --others --exclude-standard -z | while IFS= read -r -d '' file; do
        [ ! -e "$file" ] || printf '%s\0' "$file"
    done | tar --null --files-from=- -cf - | tar -xf - -C "$copy"
    # What is compiled and installed here serves the copy, too.
    mkdir -p target
    ln -s "$root/target" "$copy/target"
    ln -s "$root/bindings-python/.venv" "$copy/bindings-python/.venv"
    cd "$copy"
    python3 tasks/version.py "$version"
    cargo update --quiet --workspace --offline
    [ "$(./dev version)" = "$version" ]
}

# What the release makes, except for platforms that this machine cannot compile for: they get a stand-in, so that the lists
# of the registries are whole.
rehearsal_packages() {
    local target
    for target in "${targets[@]}"; do (cd "$copy" && ./dev release library "$target"); done
    for target in $(node -p 'require("./bindings-node/platforms.json").map((it) => it.target).join(" ")'); do
        [ ! -e "$copy/dist/libraries/$target.node" ] || continue
        mkdir -p "$copy/dist/programs/$target"
        echo "a stand-in of the rehearsal" | tee "$copy/dist/libraries/$target.node" >"$copy/dist/programs/$target/polywrite"
    done
    (cd "$copy" && ./dev release packages)
}

rehearsal_end() {
    local server
    for server in ${servers[@]+"${servers[@]}"}; do kill "$server" 2>/dev/null || true; done
    kill "$emulator_process" 2>/dev/null || true
    rm -rf "$emulator_folder"
    [ -n "${POLYWRITE_KEEP:-}" ] || rm -rf "$rehearsal"
}

choose --quick -- "$@"
targets=("$host")
option --quick || mapfile -t targets < <(node -p '
    require("./bindings-node/platforms.json").filter((it) => it.os === "linux").map((it) => it.target).join("\n")')
rm -rf "$rehearsal"
mkdir -p "$rehearsal"
version=$(rehearsal_version)
python_tools
rehearsal_tools
. tasks/emulator.sh
start_emulator
trap rehearsal_end EXIT
unset POLYWRITE_CA_FILE

step "the version $version in every package" rehearsal_copy
step "the packages (${targets[*]})" rehearsal_packages
start_registries
for language in $chosen_languages; do
    step "$language: publishing" "publish_$language"
    "rehearse_$language"
done

say "The rehearsal of $version"
printf '%s\n' "${results[@]}" | column -t -s '|'
[[ "${results[*]}" != *FAILS* ]] || fail "the release would have failed"
