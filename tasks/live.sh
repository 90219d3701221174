# Tells the story against the server that the environment names, in resources of its own that it removes again.
# Only the Rust story cleans up behind itself so far, so only that one runs against a server that is not ours.

for name in APPWRITE_ENDPOINT APPWRITE_PROJECT_ID APPWRITE_API_KEY; do
    [ -n "${!name:-}" ] || fail "--live needs $name in the environment"
done
for language in $chosen_languages; do
    if [ "$language" = rust ]; then rust_demo; else say "$language: no live test yet"; fi
done
