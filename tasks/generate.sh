# Writes every generated file; --check only compares, --lang LANGUAGE skips the other languages and the vectors.
cargo run --quiet -p polywrite-codegen -- generate "$@"
case " $* " in
*" --lang"*) ;;
*) python3 -m tests.vectors.make "$@" ;;
esac
