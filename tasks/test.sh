choose "$@"
each_language setup
. tasks/vectors.sh
. tasks/guides.sh
each_language test
for language in $chosen_languages; do guides "$language"; done
[ "$chosen_languages" != "$languages" ] || vectors_coverage
if option --differential; then . tasks/differential.sh; fi
if option --freshness; then . tasks/freshness.sh; fi
if option --live; then . tasks/live.sh; fi
