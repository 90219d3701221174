choose "$@"
each_language setup
each_language lint
say "Licences and sources of the crates"
if have cargo-deny; then cargo deny --log-level error check; else python3 tasks/licences.py; fi
