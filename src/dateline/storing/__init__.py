"""Storing: nouns to disk and back. `writing` adds a run, `open_database` asks questions, `verify` checks it all."""
