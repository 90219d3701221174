choose "$@"
each_language lint
