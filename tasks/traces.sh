# Rust's calls as OpenTelemetry's own SDK collects them: the tests of examples/traces/rust.
# ./dev test --traces

say "rust: traces and metrics with OpenTelemetry's SDK"
cargo test --quiet --manifest-path examples/traces/rust/Cargo.toml --target-dir "$cache/traces"
