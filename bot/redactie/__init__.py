"""The editors' page: where the assistant fails, what is due, and changes to the files as patches.

It reads the question log and the content files; it writes patches and nothing else.
"""
