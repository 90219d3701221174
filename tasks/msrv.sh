# The crates that programs depend on, compiled by the oldest Rust that they promise (`rust-version` of their Cargo.toml):
# Debian 13's, 1.85. What it compiles is in the system's own folder.
# ./dev test --msrv

. tasks/debian.sh
debian_root rust rustc cargo gcc libc6-dev ca-certificates
say "Rust: polywrite and polywrite-models with $(debian_run rust "$root" rustc --version)"
cargo fetch --quiet --locked
msrv_check() {
    debian_run rust "$root" env CARGO_TARGET_DIR=/root/target CARGO_NET_OFFLINE=true \
        cargo check --quiet --locked -p polywrite-models -p polywrite "$@"
}
msrv_checks() {
    msrv_check --no-default-features
    msrv_check --no-default-features --features polywrite/tables-db,polywrite/users,polywrite/storage
    msrv_check
    msrv_check --features polywrite/reqwest
}
platform "Rust 1.85" "$(debian_run rust "$root" rustc --version | cut -d ' ' -f 2)" "compiled by the program" \
    "compiles, with all features and with few" "rust --msrv" msrv_checks
