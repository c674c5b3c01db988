"""Everything around Rasa: understanding, doors, privacy and the command line."""
