#!/usr/bin/env bash
# Builds the server and the benchmark, and runs both clients in turns: ./run.sh [REPETITIONS] [SCENARIO …]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. tasks/lib.sh
. tasks/swift.sh
repetitions=${1:-3}
shift || true
scenarios=${*:-get conc64 list25 list5000 open5000 download256 memory}
server=${BENCH_SERVER:-../shared/bench/server}
build=bindings-swift/.build

swift_setup
swift_native "$build/native-release" release
CARGO_TARGET_DIR=$root/$build/bench-server cargo build --quiet --release --manifest-path "$server/Cargo.toml"
export PKG_CONFIG_PATH=$root/$build/native-release/lib/pkgconfig
swift_run swift build -c release --package-path ../benches/swift --scratch-path .build/bench >&2
port=$((20000 + RANDOM % 10000))
"$build/bench-server/release/bench-server" $port &
trap 'kill $!' EXIT
for scenario in $scenarios; do
    for ((repetition = 0; repetition < repetitions; repetition++)); do
        for client in urlsession polywrite; do
            swift_run .build/bench/release/Bench $client "$scenario" "http://127.0.0.1:$port/v1"
        done
    done
done
