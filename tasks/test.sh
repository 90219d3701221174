choose "$@"
each_language setup
each_language test
if option --differential; then . tasks/differential.sh; fi
if option --live; then . tasks/live.sh; fi
