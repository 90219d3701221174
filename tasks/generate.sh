cargo run --quiet -p polywrite-codegen -- generate "$@"
python3 -m tests.vectors.make "$@"
