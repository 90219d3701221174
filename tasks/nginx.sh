# Nginx, which tests of the core call: the one on PATH, or Debian's package unpacked in the cache folder, which needs no
# root. Names it in POLYWRITE_NGINX.
nginx_setup() {
    local folder=$cache/nginx
    if have nginx; then
        export POLYWRITE_NGINX=nginx
        return
    fi
    if [ ! -x "$folder/usr/sbin/nginx" ] && have apt-get; then
        say "Rust: unpacking Debian's nginx into $folder"
        mkdir -p "$folder"
        (
            cd "$folder"
            apt-get download -qq nginx || { apt-get update -qq && apt-get download -qq nginx; }
            dpkg-deb --extract nginx_*.deb .
        ) >"$cache/nginx-install.log" 2>&1 || rm -rf "$folder"
    fi
    if "$folder/usr/sbin/nginx" -v 2>/dev/null; then
        export POLYWRITE_NGINX=$folder/usr/sbin/nginx
    elif [ -n "${CI:-}" ]; then
        fail "nginx is not here and Debian's package cannot be downloaded, so its tests cannot run: install nginx"
    else
        echo "    nginx is not here and Debian's package cannot be downloaded: its tests are skipped"
    fi
}
