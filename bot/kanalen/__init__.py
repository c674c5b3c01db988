"""The doors: each fits the one answer to what its channel can show."""
