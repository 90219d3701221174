exec python3 tasks/version.py "$@"
