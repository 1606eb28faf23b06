"""The nouns: frozen, typed, no input or output. Everything else is a verb on these."""
