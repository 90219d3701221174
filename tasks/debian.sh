# What Debian 13 has: small systems to run programs in, and single packages, beside the machine's own, which stays as it is.

# Makes a Debian 13, or another suite, with these packages in the cache folder, once: debian_root NAME[@SUITE] PACKAGE…
debian_root() {
    local name=${1%@*} suite=trixie root=$cache/${1%@*}-root
    [[ $1 != *@* ]] || suite=${1#*@}
    shift
    [ "$(cat "$root/ready" 2>/dev/null)" != "$*" ] || return 0
    [ "$(id -u)" = 0 ] || fail "a Debian ($suite) with $* is needed in $root; making it needs root"
    say "Debian ($suite): installing $* into $root (a minute or two, once)"
    if [ ! -e "$root/ready" ]; then
        have debootstrap || { apt-get update -qq && apt-get install -y -qq debootstrap; } >/dev/null
        umount "$root"/{proc,repository,shared} 2>/dev/null || true
        rm -rf "$root"
        mkdir -p "$cache"
        debootstrap --variant=minbase "$suite" "$root" >"$cache/$name-install.log" 2>&1 ||
            fail "debootstrap failed: $(tail -n 3 "$cache/$name-install.log")"
        : >"$root/ready"
    fi
    # A copy of an archive may be older than its lists promise, and recommended packages bring services.
    printf '%s\n' 'Acquire::Check-Valid-Until "false";' 'APT::Install-Recommends "false";' >"$root/etc/apt/apt.conf.d/90small"
    { chroot "$root" apt-get update && chroot "$root" apt-get install -y "$@"; } >"$cache/$name-install.log" 2>&1 ||
        fail "apt-get failed: $(tail -n 3 "$cache/$name-install.log")"
    echo "$*" >"$root/ready"
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

# Runs apt-get in a folder of the cache, for a suite of Debian and apart from this machine's own: debian_apt SUITE ARGUMENT…
debian_apt() {
    local apt=$cache/apt-$1 key="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
    mkdir -p "$apt"/{lists,archives}/partial
    touch "$apt/status"
    printf '%s\n' "deb $key http://deb.debian.org/debian $1 main" "deb-src $key http://deb.debian.org/debian $1 main" \
        >"$apt/sources.list"
    apt-get -qq -o "Dir::State=$apt" -o "Dir::State::Status=$apt/status" -o "Dir::Cache=$apt" \
        -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=- -o APT::Sandbox::User=root \
        -o Acquire::Check-Valid-Until=false \
        -o APT::Architectures::=amd64 -o APT::Architectures::=arm64 "${@:2}"
}

# Unpacks packages of a suite (trixie, trixie-backports, sid) into a folder, once: debian_packages FOLDER SUITE PACKAGE…
# `name=1.2*` chooses a version, `name:arm64` another architecture.
debian_packages() {
    local folder=$1 suite=$2 package archives=$cache/apt-$2/archives
    shift 2
    [ ! -e "$folder/ready" ] || return 0
    need apt-get "the packages $* of Debian's $suite are needed in $folder"
    say "Debian's $suite: unpacking $* into $folder (once)"
    mkdir -p "$folder"
    debian_apt "$suite" update
    (cd "$archives" && debian_apt "$suite" download "$@" >/dev/null)
    for package in "$@"; do
        package=${package%%=*}
        dpkg -x "$(ls -t "$archives/${package%%:*}"_*.deb | head -n 1)" "$folder"
    done
    touch "$folder/ready"
}

# Unpacks what a source package of a suite is made of, without Debian's patches: debian_source FOLDER SUITE PACKAGE
debian_source() {
    need apt-get "the source of $3 in Debian's $2 is needed"
    debian_apt "$2" update
    (cd "$1" && debian_apt "$2" source --download-only "$3" >/dev/null && tar -xf ./*.orig.tar.*z)
}
