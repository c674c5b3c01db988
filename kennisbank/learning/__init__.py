"""The learning path for who is new in the job, written from the articles."""
