# Writes every generated file; --check only compares, --lang LANGUAGE leaves the other languages and the vectors alone.
cargo run --quiet -p polywrite-codegen -- generate "$@"
case " $* " in
*" --lang"*) ;;
*) python3 -m tests.vectors.make "$@" ;;
esac
