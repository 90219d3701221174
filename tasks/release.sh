# What .github/workflows/release.yml runs, and its rehearsal on one machine.
#
# ./dev release library TARGET   what a Linux of bindings-node/platforms.json needs: the library for Node.js in
#                                dist/libraries, the program polywrite in dist/programs, the wheels in dist/python;
#                                with glibc the library for Swift in dist/swift
# ./dev release packages         all other packages, of what these folders hold: dist/node, dist/cli, dist/python, dist/rust,
#                                dist/swift, and dist/SHA256SUMS
# ./dev release --rehearse       makes the packages of the next version and publishes them to registries on this machine;
#                                every package manager installs them by name, and a program makes a call

. tasks/node.sh
. tasks/python.sh
. tasks/rust.sh
. tasks/cli.sh
. tasks/zig.sh
. tasks/swift.sh

release_library() {
    local target=$1 tag=manylinux2014
    [[ $target != *musl ]] || tag=musllinux_1_2
    python_tools
    say "$target: the library for Node.js, the program and the wheels"
    (
        zig_environment "$target"
        cargo build --quiet -p polywrite-node --profile dist
        python_wheel dist "$tag" dist/python
        cargo build --quiet -p polywrite-cli --profile dist
        cli_wheel dist "$tag" dist/python
    )
    mkdir -p dist/libraries "dist/programs/$target"
    cp "target/$target/dist/libpolywrite_node.so" "dist/libraries/$target.node"
    cp "target/$target/dist/polywrite" "dist/programs/$target/"
    library_size "dist/libraries/$target.node" 7
    [[ $target = *musl ]] || release_swift "$target"
}

# The library for Swift, and an archive of it with its pkg-config file.
release_swift() {
    local target=$1 folder=dist/swift/$1
    (
        zig_environment "$target"
        cargo build --quiet -p polywrite-swift --lib --profile dist
    )
    mkdir -p "$folder/lib"
    cp "target/$target/dist/libpolywrite_swift.a" "$folder/lib/"
    swift_pkg_config "$folder/lib"
    tar -czf "dist/swift/polywrite-swift-$target.tar.gz" -C "$folder" .
}

# Writes the bill of materials of each library for Node.js beside it; maturin puts one into each wheel.
release_bills() {
    local library target tool=$cache/cyclonedx/bin/cargo-cyclonedx
    [ -x "$tool" ] || {
        say "Rust: compiling cargo-cyclonedx into $cache/cyclonedx (once)"
        cargo install --quiet --locked cargo-cyclonedx --root "$cache/cyclonedx"
    }
    for library in dist/libraries/*.node; do
        target=$(basename "$library" .node)
        "$tool" cyclonedx --quiet --manifest-path bindings-node/Cargo.toml --format json --target "$target" --override-filename bill
        mv bindings-node/bill.json "$library.cdx.json"
    done
    # The tool writes one for each package of the workspace.
    find . -maxdepth 5 -name bill.json -not -path '*/node_modules/*' -delete
}

release_packages() {
    local platform libraries=() programs=()
    python_tools
    say "The packages of npm, PyPI and crates.io"
    (cd bindings-node && npm ci --silent)
    node_wasm
    (cd bindings-node && npm run --silent build)
    release_bills
    while read -r platform; do libraries+=("$platform"); done < <(release_platforms "libraries/TARGET.node")
    while read -r platform; do programs+=("$platform"); done < <(release_platforms "programs/TARGET/polywrite")
    rm -rf dist/node dist/cli
    node bindings-node/scripts/pack.mjs dist/node "${libraries[@]}"
    node cli/npm/pack.mjs dist/cli "${programs[@]}"
    cli_sizes dist/cli/*
    (cd bindings-python && .venv/bin/maturin sdist --out "$root/dist/python")
    rust_crates
    release_swift_bundle
    (cd dist && sha256sum -- */*.{tgz,whl,tar.gz,crate,zip} >SHA256SUMS)
}

# All of Swift's libraries in one artifact bundle.
release_swift_bundle() {
    local folder libraries=()
    for folder in dist/swift/*-linux-gnu; do libraries+=("${folder##*/}=$folder/lib/libpolywrite_swift.a"); done
    python3 tasks/mirror.py bundle dist/swift "$(python3 tasks/version.py)" "${libraries[@]}"
    (
        cd dist/swift
        rm -f PolywriteFFI.artifactbundle.zip
        python3 -m zipfile -c PolywriteFFI.artifactbundle.zip PolywriteFFI.artifactbundle
    )
}

# PACKAGE=FILE for each file in dist that there is for a platform: release_platforms FILE. TARGET in it is the platform's, and
# a program of Windows has its ending.
release_platforms() {
    node -p '
        const { existsSync } = require("node:fs");
        const files = (it) => ["", ".exe"].map((end) => `dist/${process.argv[1].replace("TARGET", it.target)}${end}`);
        require("./bindings-node/platforms.json")
            .map((it) => [it.package, files(it).find(existsSync)])
            .filter(([, file]) => file !== undefined)
            .map((it) => it.join("="))
            .join("\n")' "$1"
}

case ${1:-} in
library) release_library "$2" ;;
packages) release_packages ;;
--rehearse) . tasks/rehearsal.sh "${@:2}" ;;
*) fail "usage: ./dev release library TARGET | packages | --rehearse" ;;
esac
