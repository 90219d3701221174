# Shared by every task: messages, the choice of languages, the cache folder.

root=$PWD
cache=${POLYWRITE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/polywrite}
languages="rust node python swift"
export CARGO_TERM_PROGRESS_WHEN=${CARGO_TERM_PROGRESS_WHEN:-never}
export npm_config_update_notifier=false

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
fail() {
    printf '\033[31merror:\033[0m %s\n' "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
need() { have "$1" || fail "$1 is not installed: $2"; }

# Fails when a native library is larger than a package may be: library_size FILE MEGABYTES.
library_size() {
    local bytes
    bytes=$(wc -c <"$1")
    echo "    the native library: $((bytes / 1000)) of $2000 kB"
    [ "$bytes" -le $(($2 * 1000000)) ] || fail "$1 has $bytes bytes, more than $2 MB: see what has grown"
}

# cargo build that prints its progress: the first time takes minutes.
compile() {
    local count=0 line
    cargo build "$@" 2>&1 | while IFS= read -r line; do
        case $line in
        *" Compiling "*)
            count=$((count + 1))
            if [ $((count % 20)) = 0 ]; then echo "    $count crates compiled"; fi
            ;;
        *" Blocking "* | *" Downloaded "* | *" Downloading "* | *" Finished "* | *" Locking "* | *" Updating "*) ;;
        *) printf '%s\n' "$line" ;;
        esac
    done
}

# Splits the arguments behind -- into chosen_languages and options; the options that the task knows stand before it.
choose() {
    local known=""
    while [ "$1" != -- ]; do
        known+=" $1"
        shift
    done
    shift
    chosen_languages="" options=()
    for argument in "$@"; do
        case $argument in
        rust | node | python | swift) chosen_languages="$chosen_languages $argument" ;;
        *)
            [[ "$known " = *" $argument "* ]] ||
                fail "'$argument' is neither a language ($languages) nor an option of this task: ${known:-none}"
            options+=("$argument")
            ;;
        esac
    done
    chosen_languages=${chosen_languages:-$languages}
}

option() {
    local wanted=$1 each
    for each in "${options[@]:-}"; do [ "$each" = "$wanted" ] && return 0; done
    return 1
}

# Runs <language>_<step> of tasks/<language>.sh for every chosen language that has it.
each_language() {
    local step=$1 language
    for language in $chosen_languages; do
        . "tasks/$language.sh"
        if declare -F "${language}_$step" >/dev/null; then "${language}_$step"; fi
    done
}
