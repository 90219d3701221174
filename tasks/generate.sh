cargo run --quiet -p polywrite-codegen -- generate "$@"
