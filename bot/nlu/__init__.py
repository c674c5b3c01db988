"""Understanding of messages: Rasa graph components and what they are made of."""

BEPAALT_BEGRIJPEN = (
    "bot/nlu",
    "kennisbank/artikelen",
    "kennisbank/gemeenten",
    "kennisbank/begrippen.yml",
    "kennisbank/grenzen.yml",
    "kennisbank/search",
    "kennisbank/place_tables.py",
    "kennisbank/mergers.py",
    "kennisbank/spelling.py",
    "kennisbank/synoniemen.yml",
    "kennisbank/places.py",
    "kennisbank/model.py",
)
"""Files that understanding is made of, beside the training data in `data`."""
