# Node.js: the npm package `polywrite` and the package with its native library.

# The package for this machine's native library, of bindings-node/platforms.json.
node_package() {
    node -p '
        const { platform, arch, report } = process;
        const libc = report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
        const all = require("./bindings-node/platforms.json");
        all.find((it) => it.os === platform && it.cpu === arch && (!it.libc || it.libc === libc))?.package ?? ""'
}

# Where cargo leaves the library of a profile's folder.
node_library() {
    case $(uname -s) in
    Darwin) echo "target/$1/libpolywrite_node.dylib" ;;
    MINGW* | MSYS*) echo "target/$1/polywrite_node.dll" ;;
    *) echo "target/$1/libpolywrite_node.so" ;;
    esac
}

# Puts a native library where the package of this copy of the repository finds it, as if npm had installed it.
node_place() {
    local package
    package=bindings-node/node_modules/$(node_package)
    # A fresh file: a process may have the old one mapped.
    rm -rf "$package"
    mkdir -p "$package"
    cp "$1" "$package/index.node"
}

node_setup() {
    need node "get Node.js 20 or newer from https://nodejs.org"
    need cargo "get Rust 1.95 or newer from https://rustup.rs"
    [ bindings-node/node_modules/.package-lock.json -nt bindings-node/package-lock.json ] || {
        say "Node: installing what building and testing needs"
        (cd bindings-node && npm ci --no-audit --no-fund --loglevel=error)
    }
    say "Node: building the package"
    compile -p polywrite-node
    node_place "$(node_library debug)"
    (cd bindings-node && npm run --silent build)
    # The examples import the package as any program does.
    mkdir -p examples/node_modules
    ln -sfn ../../bindings-node examples/node_modules/polywrite
    ln -sfn ../../bindings-node/node_modules/express examples/node_modules/express
    ln -sfn ../../bindings-node/node_modules/csv-parse examples/node_modules/csv-parse
}

node_build() {
    need python3 "it gathers the licences; get Python 3.10 or newer from https://www.python.org"
    node_setup
    say "Node: the packages in dist/node"
    cargo build --quiet -p polywrite-node --profile dist
    library_size "$(node_library dist)" 6
    rm -rf dist/node
    node bindings-node/scripts/pack.mjs dist/node "$(node_package)=$(node_library dist)"
}

node_test() {
    say "Node: tests"
    cargo build --quiet -p polywrite-emulator
    node_suite
    vectors node node tests/runners/node/run.mjs polywrite bindings-node
}

# POLYWRITE_NODE names another Node.js than the first on the path. With CI=true a skipped test is a failure.
node_suite() {
    local reporters=()
    [ -z "${CI:-}" ] || reporters=(
        --test-reporter=spec --test-reporter-destination=stdout
        --test-reporter=./tests/support/skips.mjs --test-reporter-destination=stderr
    )
    (cd bindings-node && "${POLYWRITE_NODE:-node}" --test ${reporters[@]+"${reporters[@]}"} tests/*.test.mjs)
}

node_lint() {
    say "Node: formatting, clippy, types and packaging"
    cargo fmt -p polywrite-node --check
    cargo clippy --quiet -p polywrite-node -- -D warnings
    (
        cd bindings-node
        npx --no-install prettier --check --log-level warn . "../examples/*/node/**/*.mjs"
        npx --no-install prettier --check --log-level warn --config .prettierrc.json ../tests/frameworks ../emulator/src/control/page
        npx --no-install tsc --project . --noEmit
        node scripts/check-packages.mjs
    )
}

node_demo() {
    say "The demo in Node.js"
    node examples/demo/node/demo.mjs
}
