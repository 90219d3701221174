# Small systems of Debian 13 to run programs in, beside the machine's own, which stays as it is.

# Makes a Debian 13 with these packages in the cache folder, once: debian_root NAME PACKAGE…
debian_root() {
    local name=$1 root=$cache/$1-root
    shift
    [ ! -e "$root/ready" ] || return 0
    [ "$(id -u)" = 0 ] || fail "a Debian 13 with $* is needed in $root; making it needs root"
    say "Debian 13: installing $* into $root (a minute or two, once)"
    have debootstrap || { apt-get update -qq && apt-get install -y -qq debootstrap; } >/dev/null
    umount "$root"/{proc,repository,shared} 2>/dev/null || true
    rm -rf "$root"
    mkdir -p "$cache"
    local packages="$*"
    debootstrap --variant=minbase --include="${packages// /,}" trixie "$root" >"$cache/$name-install.log" 2>&1 ||
        fail "debootstrap failed: $(tail -n 3 "$cache/$name-install.log")"
    touch "$root/ready"
}

# Runs a command in such a system, in a folder of this repository: debian_run NAME FOLDER COMMAND… It sees the repository
# and the crates that cargo has downloaded.
debian_run() {
    # The mounts live in a mount namespace of their own, so nothing is left mounted when the command ends.
    unshare --mount -- bash -euc '
        root=$1 repository=$2 crates=$3 folder=$4
        shift 4
        mkdir -p "$root$repository"
        mount -t proc proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc"
        mount --bind "$repository" "$root$repository"
        mkdir -p "$crates" "$root/root/.cargo/registry"
        mount --bind "$crates" "$root/root/.cargo/registry"
        exec chroot "$root" /usr/bin/env HOME=/root LANG=C.UTF-8 bash -c "cd \"$folder\" && exec \"\$@\"" bash "$@"
    ' bash "$cache/$1-root" "$root" "${CARGO_HOME:-$HOME/.cargo}/registry" "$2" "${@:3}"
}
