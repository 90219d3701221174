choose "$@"
each_language setup
. tasks/vectors.sh
each_language test
[ "$chosen_languages" != "$languages" ] || vectors_coverage
if option --differential; then . tasks/differential.sh; fi
if option --freshness; then . tasks/freshness.sh; fi
if option --live; then . tasks/live.sh; fi
