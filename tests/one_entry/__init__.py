"""SDKs with one more header setting, option, kind of error and query, and a program in each language."""
