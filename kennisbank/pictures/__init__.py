"""Pictures drawn at build time from the kennisbank's data, each with a text that says the same."""
