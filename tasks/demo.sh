# Every language tells the same story, against one emulator over TLS.
choose "$@"
. tasks/emulator.sh
each_language setup
start_emulator --tls
each_language demo
