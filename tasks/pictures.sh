# Draws the pictures of docs/types.md: what compilers say of the programs in tests/types/pictures, in an editor. Needs what
# the tests of all four languages have built: bash tasks/pictures.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tasks/lib.sh
. tasks/swift.sh
. tasks/runtimes.sh

editor=$cache/pictures
if [ ! -e "$editor/node_modules/monaco-editor" ]; then
    say "Pictures: installing the editor into $editor (once)"
    mkdir -p "$editor"
    echo '{ "private": true }' >"$editor/package.json"
    (cd "$editor" && npm install --no-audit --no-fund --loglevel=error --save-exact monaco-editor@0.57.0)
fi
runtimes_setup
swift_typecheck ../tests/types/written/cinema.swift ../tests/types/pictures/mistake.swift >"$editor/swift" 2>&1 || true
node tests/types/pictures/markers.mjs "$editor/swift" |
    node tests/types/pictures/draw.mjs "$editor/node_modules/monaco-editor" docs
