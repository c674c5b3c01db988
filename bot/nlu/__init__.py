"""Graph components of the Rasa pipeline and what they learn."""
