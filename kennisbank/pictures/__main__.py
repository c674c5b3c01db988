"""`python -m kennisbank.pictures` draws what changed, in a process of its own."""

from datetime import date

from kennisbank.current import kennisbank
from kennisbank.pictures.build import teken_beelden

teken_beelden(kennisbank(), date.today())
