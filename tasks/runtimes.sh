# The npm package in JavaScript's other runtimes: Cloudflare's workerd, Vercel's edge-runtime, Deno with the permissions that
# Appwrite's functions have, Bun and Chromium.

. tasks/debian.sh
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

# Helpers and enums everywhere, and calls in the runtimes that load native libraries. Adds rows to the table of
# tasks/everywhere.sh.
runtimes_test() {
    runtimes_setup
    cargo build --quiet -p polywrite-emulator
    everywhere_run "workerd, Vercel's edge-runtime, Deno, Bun, Chromium, Node" "the vectors of helpers and enums" \
        "$runtimes_tools/node_modules/.bin/node" --test tests/runtimes/texts.test.mjs
    everywhere_run "Node 24, Bun, Deno with --allow-all" "calls, errors, files" runtimes_native
}

# The program of bindings-node/tests for other runtimes with the native library.
runtimes_native() {
    cd bindings-node
    PATH=$runtimes_tools/node_modules/.bin:$PATH node --test tests/runtimes.test.mjs
}
