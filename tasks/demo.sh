# Runs the same demo in every language, against one emulator over TLS.
choose -- "$@"
. tasks/emulator.sh
each_language setup
start_emulator --tls
each_language demo
