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

# The vectors, and cases of faults, transfers and flows, in each runtime; programs of node-appwrite; Node's own tests. Each
# adds a row to the table of tasks/everywhere.sh.
runtimes_test() {
    local runtime label
    runtimes_setup
    cargo build --quiet -p polywrite-emulator
    for runtime in "${runtimes[@]}"; do
        label="JavaScript: $runtime, WebAssembly"
        everywhere_run "$label" "vectors" vectors "node-$runtime" runtimes_run vectors "$runtime"
        everywhere_run "$label" "faults, transfers, flows" runtimes_run cases "$runtime"
    done
    everywhere_run "JavaScript: workerd, edge-light, deno" "programs for node-appwrite" \
        "$runtimes_tools/node_modules/.bin/node" --test tests/runtimes/*.test.mjs
    everywhere_run "JavaScript: node, WebAssembly" "tests of the package" runtimes_node_suite
    everywhere_run "JavaScript: bun, deno, native" "a program with files" runtimes_native
    everywhere_run "Chromium" "the page of the local Appwrite" runtimes_page
}

# The tests of the Node package where no native library loads, but those of what only a library has: files by path, proxies,
# certificates, processes.
runtimes_node_suite() {
    local tests=(arguments bulk-and-transactions client drop-in lists-and-waits lossless older-server positional reading
        responses secrets sources streaming surface telemetry upload-session watching webhooks)
    tests=("${tests[@]/%/.test.mjs}")
    cd bindings-node
    NODE_OPTIONS="--require $root/tests/runtimes/without-library.cjs" node --test "${tests[@]/#/tests/}"
}

# The program of bindings-node/tests for other runtimes with the native library.
runtimes_native() {
    cd bindings-node
    PATH=$runtimes_tools/node_modules/.bin:$PATH node --test tests/runtimes.test.mjs
}

# What people do on the page of the local Appwrite.
runtimes_page() {
    "$runtimes_tools/node_modules/.bin/node" --test tests/page/*.test.mjs
}
