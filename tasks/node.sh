# Node.js: the npm package `polywrite`, the core as WebAssembly in it, and the package with its native library.

. tasks/std-source.sh

# The package for this machine's native library, of bindings-node/platforms.json.
node_package() {
    node --input-type=module -e '
        import { here } from "./bindings-node/scripts/packages.mjs";
        console.log(here?.package ?? "")'
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

# Builds the core as WebAssembly, which is part of the package: for tests as for users, because a module that is not
# optimized is ten times as large.
node_wasm() {
    local version tools=$cache/wasm-bindgen module=target/wasm32-unknown-unknown/wasm/polywrite_wasm.wasm
    version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
    [ "$("$tools/bin/wasm-bindgen" --version 2>/dev/null)" = "wasm-bindgen $version" ] || {
        say "Node: installing wasm-bindgen $version into $tools (a minute or two, once)"
        # It runs for a second; compiling it as for a release takes minutes longer than with a little optimisation.
        CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo install --quiet wasm-bindgen-cli --bin wasm-bindgen --version "$version" \
            --root "$tools" --target-dir "$tools/target"
        rm -rf "$tools/target"
    }
    say "Node: building the core as WebAssembly"
    cargo_target wasm32-unknown-unknown abort build --quiet -p polywrite-wasm --profile wasm
    [[ bindings-node/wasm/polywrite.wasm -nt $module && bindings-node/wasm/polywrite.wasm -nt bindings-node/scripts/wasm.mjs ]] ||
        node bindings-node/scripts/wasm.mjs "$module" "$tools/bin/wasm-bindgen" bindings-node/node_modules/.bin/wasm-opt
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
    node_wasm
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
    cargo build --quiet -p polywrite-cli
    node_suite
    vectors node node tests/runners/node/run.mjs polywrite bindings-node
    vectors wasm node --require ./tests/runtimes/without-library.cjs --no-warnings tests/runners/node/run.mjs polywrite bindings-node
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
    cargo fmt -p polywrite-node -p polywrite-wasm --check
    cargo clippy --quiet -p polywrite-node -- -D warnings
    cargo_target wasm32-unknown-unknown abort clippy --quiet -p polywrite-wasm -- -D warnings
    (
        cd bindings-node
        npx --no-install prettier --check --log-level warn . "../examples/*/node/**/*.mjs"
        npx --no-install prettier --check --log-level warn --config .prettierrc.json \
            ../tests/{frameworks,page,runtimes,runners/node,types/pictures/*.mjs} ../emulator/src/{control/page,functions} ../emulator/tests/functions ../cli/npm
        npx --no-install tsc --project . --noEmit
        node scripts/check-packages.mjs
    )
}

node_demo() {
    say "The demo in Node.js"
    node examples/demo/node/demo.mjs
}
