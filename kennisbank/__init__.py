"""The knowledge of Routewijzer: content as files, its model, its store and its search.

Imports nothing of the other rooms and no Rasa, so that it outlives the chat engine.
"""
