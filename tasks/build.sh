choose -- "$@"
each_language build
[ "$chosen_languages" != "$languages" ] || cli_newcomer
