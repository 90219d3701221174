choose --arm64 --differential --everywhere --frameworks --frameworks=quick --freshness --interpreters --live --msrv --musl --one-entry --traces -- "$@"
# The suites have servers of their own; the one that the environment names is for --live.
live_endpoint=${APPWRITE_ENDPOINT:-} live_project=${APPWRITE_PROJECT_ID:-} live_key=${APPWRITE_API_KEY:-}
live_certificate=${POLYWRITE_CA_FILE:-}
unset APPWRITE_ENDPOINT APPWRITE_PROJECT_ID APPWRITE_API_KEY POLYWRITE_CA_FILE
each_language setup
. tasks/vectors.sh
. tasks/guides.sh
. tasks/packages.sh
. tasks/platforms.sh
for language in $chosen_languages; do platform_tests "$language"; done
for language in $chosen_languages; do guides "$language"; done
packages
[ "$chosen_languages" != "$languages" ] || vectors_coverage
if option --differential; then . tasks/differential.sh; fi
if [[ $chosen_languages = *node* ]] && { option --frameworks || option --frameworks=quick; }; then . tasks/frameworks.sh; fi
if option --one-entry; then . tasks/one-entry.sh; fi
if [[ $chosen_languages = *rust* ]] && option --traces; then . tasks/traces.sh; fi
# All platforms: the oldest Rust, musl, arm64, the versions of Node.js and Python, and JavaScript's runtimes.
wanted() { option "$1" || option --everywhere; }
if [[ $chosen_languages = *rust* ]] && wanted --msrv; then . tasks/msrv.sh; fi
if [[ $chosen_languages = *node* || $chosen_languages = *python* ]] && wanted --musl; then . tasks/musl.sh; fi
if [[ $chosen_languages = *node* || $chosen_languages = *python* ]] && wanted --arm64; then . tasks/arm64.sh; fi
if [[ $chosen_languages = *node* || $chosen_languages = *python* ]] && wanted --interpreters; then . tasks/interpreters.sh; fi
if option --everywhere; then . tasks/everywhere.sh; fi
if option --freshness; then . tasks/freshness.sh; fi
if option --live; then . tasks/live.sh; fi
platforms_end
