"""Makes the vectors: what every call of the API must look like on the wire, and what its responses must become.

Written from the rules of the wire alone. It reads api/ with a reader of its own and shares nothing with
polywrite-api, the generator or the core, so a mistake in one of those cannot hide here.
"""
