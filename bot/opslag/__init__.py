"""The store of conversations: turns, inbox, question log, receipts of what was forgotten.

One database, SQLite or Postgres, one code. Nothing of Rasa here but in `tracker.py`.
"""
