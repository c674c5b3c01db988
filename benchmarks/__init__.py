"""Measurements side by side with a stock Rasa pipeline, on this machine in one run."""
