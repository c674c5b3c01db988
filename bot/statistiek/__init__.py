"""Figures for the editors: each turn once over RabbitMQ, without text and without a conversation."""
