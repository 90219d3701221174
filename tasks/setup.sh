choose -- "$@"
each_language setup
