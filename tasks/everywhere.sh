# Every runtime and platform that this machine reaches, with the packages as users get them. What ran is in the table of
# docs/platforms.md afterwards.
# ./dev test --everywhere [LANGUAGE …]

if [[ $chosen_languages = *node* ]]; then
    . tasks/runtimes.sh
    runtimes_test
fi
if [[ $chosen_languages = *swift* ]]; then . tasks/swift-newest.sh; fi
