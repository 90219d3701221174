# npm's side of the rehearsal: five package managers, and lockfiles that meet another platform.

# The platforms first: the main packages do not work without them.
publish_node() {
    local package
    for package in "$copy"/dist/node/polywrite-*-*-*.tgz "$copy"/dist/node/polywrite-[0-9]*.tgz \
        "$copy"/dist/cli/polywrite-cli-[a-z]*.tgz "$copy"/dist/cli/polywrite-cli-[0-9]*.tgz; do
        npm publish --silent --access public --registry "$npm_registry" "--${npm_registry#http:}:_authToken=rehearsal" "$package"
    done
}

# An empty folder with a program and the registry's address; nothing comes from caches of other runs.
npm_folder() {
    clean "$1"
    cp "$root"/tests/rehearsal/call.{mjs,cjs} .
    echo '{ "name": "call", "version": "1.0.0", "private": true }' >package.json
    echo "registry=$npm_registry" >.npmrc
    cat >.yarnrc.yml <<YAML
npmRegistryServer: "$npm_registry"
unsafeHttpWhitelist: ["127.0.0.1"]
npmMinimalAgeGate: 0
enableGlobalCache: false
enableTelemetry: false
pnpEnableEsmLoader: true
YAML
    printf '%s\n' "minimumReleaseAge: 0" "storeDir: $rehearsal/pnpm" >pnpm-workspace.yaml
    export npm_config_cache=$rehearsal/npm-cache YARN_CACHE_FOLDER=$PWD/yarn-cache BUN_INSTALL_CACHE_DIR=$rehearsal/bun
}

yarn1() { node "$npm_tools/yarn/bin/yarn.js" "$@"; }
yarn4() { node "$npm_tools/@yarnpkg/cli-dist/bin/yarn.js" "$@"; }

# The library that a folder has for a platform, such as linux-arm64-gnu; nothing else of that kind is there.
only_platform() {
    [ "$(ls node_modules/@polywrite)" = "$1" ] || {
        echo "installed: $(ls node_modules/@polywrite), not $1"
        return 1
    }
}

npm_by_npm() {
    npm_folder npm
    npm install --silent --no-audit --no-fund "polywrite@$version"
    only_platform "$npm_platform"
    node call.cjs
    node call.mjs
}

npm_by_pnpm() {
    npm_folder pnpm
    "$npm_tools/.bin/pnpm" add "polywrite@$version"
    node call.cjs
    node call.mjs
}

npm_by_yarn1() {
    npm_folder yarn1
    yarn1 add --non-interactive --no-progress "polywrite@$version"
    node call.cjs
    node call.mjs
}

npm_by_yarn4() {
    npm_folder yarn4
    : >yarn.lock
    yarn4 add "polywrite@$version"
    yarn4 node call.cjs
    yarn4 node call.mjs
}

npm_by_bun() {
    npm_folder bun
    "$npm_tools/.bin/bun" add "polywrite@$version"
    node call.mjs
    "$npm_tools/.bin/bun" call.mjs
}

# The program, by npx and as a newcomer uses it: README's first call.
npm_newcomer() {
    local started folder
    npm_folder newcomer
    folder=$PWD started=$(date +%s.%N)
    npx --yes "polywrite-cli@$version" --version
    npm install --silent --no-audit --no-fund "polywrite@$version" "polywrite-cli@$version"
    cd "$root"
    python3 tests/cli/trial.py npm "$folder/node_modules/.bin/polywrite-cli"
    python3 -m tests.cli.newcomer node "$folder" "$started"
}

# A lockfile that was written here, on other platforms: each has the library that fits, and no other.
npm_lockfile() {
    local lock=$rehearsal/clean/npm/package-lock.json
    npm_folder npm-lock
    cp "$lock" "${lock%/*}/package.json" .
    npm ci --silent --no-audit --no-fund --os=linux --cpu=x64 --libc=musl
    only_platform linux-x64-musl
    npm ci --silent --no-audit --no-fund --os=linux --cpu=arm64 --libc=glibc
    only_platform linux-arm64-gnu
    npm ci --silent --no-audit --no-fund --os=darwin --cpu=arm64
    only_platform darwin-arm64
    npm ci --silent --no-audit --no-fund --os=win32 --cpu=arm64
    only_platform win32-arm64-msvc
}

pnpm_lockfile() {
    local lock=$rehearsal/clean/pnpm/pnpm-lock.yaml
    npm_folder pnpm-lock
    cp "$lock" "${lock%/*}/package.json" .
    echo "supportedArchitectures: { os: [linux], cpu: [x64], libc: [musl] }" >>pnpm-workspace.yaml
    "$npm_tools/.bin/pnpm" install --frozen-lockfile
    [ "$(ls node_modules/.pnpm | grep -c '@polywrite')" = 1 ]
    [ -e node_modules/.pnpm/@polywrite+linux-x64-musl@"$version" ]
}

yarn4_lockfile() {
    local lock=$rehearsal/clean/yarn4/yarn.lock
    npm_folder yarn4-lock
    cp "$lock" "${lock%/*}/package.json" .
    printf '%s\n' "nodeLinker: node-modules" "supportedArchitectures: { os: [linux], cpu: [arm64], libc: [musl] }" >>.yarnrc.yml
    yarn4 install --immutable
    only_platform linux-arm64-musl
}

bun_lockfile() {
    local lock=$rehearsal/clean/bun/bun.lock
    npm_folder bun-lock
    cp "$lock" "${lock%/*}/package.json" .
    "$npm_tools/.bin/bun" install --frozen-lockfile --os=darwin --cpu=arm64
    only_platform darwin-arm64
}

rehearse_node() {
    local manager
    npm_platform=$(node_package)
    npm_platform=${npm_platform#*/}
    for manager in npm pnpm yarn1 yarn4 bun; do step "npm: installed by $manager, called" "npm_by_$manager"; done
    step "npm: polywrite-cli, and a newcomer's first call" npm_newcomer
    for manager in npm pnpm yarn4 bun; do
        step "npm: $manager's lockfile on another platform" "${manager}_lockfile"
    done
}
