choose -- "$@"
each_language build
