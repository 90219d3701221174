choose -- "$@"
each_language setup
each_language lint
say "One version for all packages"
python3 tasks/version.py
say "The words of STYLE.md, the modules of ARCHITECTURE.md, the entries of changes/"
python3 tasks/words.py
python3 tasks/architecture.py
python3 tasks/circles.py
python3 tasks/changes.py
python3 tasks/platforms.py --check
if git grep -nE '^(<{7}|>{7}) '; then fail "a merge left its marks in these lines"; fi
say "Licences and sources of the crates"
if have cargo-deny; then cargo deny --log-level error check; else python3 tasks/licences.py; fi
