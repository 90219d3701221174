# The npm package in JavaScript's other runtimes, where it makes calls as WebAssembly: Cloudflare's workerd, Vercel's
# edge-runtime, Deno with the permissions that Appwrite's functions have, Bun, Chromium, and Node without a native library.

. tasks/debian.sh
runtimes=(workerd edge-light deno bun chromium node)
runtimes_tools=$cache/runtimes
# By their exact versions: a runtime that changes is a change that somebody makes.
runtimes_packages=(node@24.21.0 wrangler@4.164.0 miniflare@4.20260730.0 edge-runtime@4.0.1 deno@2.9.6 bun@1.4.5
    playwright-core@1.65.1 esbuild@0.28.2)

runtimes_setup() {
    debian_root chromium chromium-headless-shell fonts-dejavu-core
    [ "$(cat "$runtimes_tools/installed" 2>/dev/null)" != "${runtimes_packages[*]}" ] || return 0
    say "JavaScript: installing ${runtimes_packages[*]} into $runtimes_tools (once)"
    mkdir -p "$runtimes_tools"
    [ -e "$runtimes_tools/package.json" ] || echo '{ "private": true }' >"$runtimes_tools/package.json"
    (cd "$runtimes_tools" && npm install --no-audit --no-fund --loglevel=error --save-exact "${runtimes_packages[@]}")
    echo "${runtimes_packages[*]}" >"$runtimes_tools/installed"
}

# Runs a script of tests/runtimes with the Node that the runtimes' tools need: runtimes_run SCRIPT RUNTIME ARGUMENT…
runtimes_run() {
    "$runtimes_tools/node_modules/.bin/node" "tests/runtimes/$1.mjs" "${@:2}"
}

# The version of a runtime.
runtimes_version() {
    local package=$1
    [ "$1" != edge-light ] || package=edge-runtime
    if [ "$1" = chromium ]; then
        chroot "$cache/chromium-root" dpkg-query --show --showformat '${Version}' chromium-headless-shell | cut -d - -f 1
    else
        node -p "require('$runtimes_tools/node_modules/$package/package.json').version"
    fi
}

# Runs something in a runtime, for the table of docs/platforms.md: runtimes_row RUNTIME BUILD WHAT COMMAND…
runtimes_row() {
    local title
    case $1 in
    workerd) title="Cloudflare's workerd" ;;
    edge-light) title="Vercel's edge-runtime" ;;
    deno) title="Deno" ;;
    bun) title="Bun" ;;
    chromium) title="Chromium" ;;
    node) title="Node.js 24" ;;
    esac
    platform "$title" "$(runtimes_version "$1")" "$2" "$3" "--everywhere node" "${@:4}"
}

# The vectors, and cases of faults, transfers and flows, in each runtime; programs of node-appwrite; Node's own tests.
runtimes_test() {
    local runtime
    runtimes_setup
    cargo build --quiet -p polywrite-cli
    for runtime in "${runtimes[@]}"; do
        runtimes_row "$runtime" WebAssembly "vectors" vectors "node-$runtime" runtimes_run vectors "$runtime"
        runtimes_row "$runtime" WebAssembly "faults, transfers, flows, realtime" runtimes_run cases "$runtime"
    done
    for runtime in workerd edge-light deno; do
        runtimes_row "$runtime" WebAssembly "a program for node-appwrite" runtimes_tests drop-in.test.mjs "on $runtime"
    done
    runtimes_row workerd WebAssembly "a client for many requests" runtimes_tests workers.test.mjs
    runtimes_row node WebAssembly "tests of the package" runtimes_node_suite
    for runtime in bun deno; do
        runtimes_row "$runtime" "$(node_package | cut -d / -f 2)" "a program with files" runtimes_native "$runtime"
    done
    runtimes_row chromium "" "the page of the local Appwrite" runtimes_page
}

# Tests of tests/runtimes, those with a name or all: runtimes_tests FILE [NAME]
runtimes_tests() {
    "$runtimes_tools/node_modules/.bin/node" --test ${2+"--test-name-pattern=$2"} "tests/runtimes/$1"
}

# The tests of the Node package where no native library loads, but those of files by path, proxies, certificates and
# processes, which only a library has, and those that left-to-the-runtime.cjs names.
runtimes_node_suite() {
    local tests=(arguments bulk-and-transactions client drop-in lists-and-waits lossless older-server positional reading
        responses secrets sources streaming surface telemetry upload-session watching webhooks)
    local preloaded=$root/tests/runtimes node=$runtimes_tools/node_modules/.bin/node
    tests=("${tests[@]/%/.test.mjs}")
    cd bindings-node
    # Programs that tests start say that they go without a library; their output is compared.
    NODE_OPTIONS="--require $preloaded/without-library.cjs --require $preloaded/left-to-the-runtime.cjs --disable-warning=AppwriteWarning" \
        "$node" --test "${tests[@]/#/tests/}"
}

# The program of bindings-node/tests for other runtimes with the native library: runtimes_native RUNTIME
runtimes_native() {
    cd bindings-node
    PATH=$runtimes_tools/node_modules/.bin:$PATH node --test --test-name-pattern="^$1 " tests/runtimes.test.mjs
}

# What people do on the page of the local Appwrite.
runtimes_page() {
    "$runtimes_tools/node_modules/.bin/node" --test tests/page/*.test.mjs
}
