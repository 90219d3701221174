choose "$@"
each_language setup
each_language lint
say "One version for all packages"
python3 tasks/version.py
say "Licences and sources of the crates"
if have cargo-deny; then cargo deny --log-level error check; else python3 tasks/licences.py; fi
