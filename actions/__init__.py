"""Rasa SDK actions, one topic a file: take slots, ask the kennisbank, say the answer.

No rules of law stand here, and no words that a user reads: those are content.
"""

from actions.begrip import ActionBegrip
from actions.bron import ActionBron
from actions.buiten_bereik import ActionBuitenBereik
from actions.crisis import ActionCrisis
from actions.doelgroep import ActionDoelgroep
from actions.gemeente import ActionAskGemeente, ActionGemeenteNoemen, ValidateGemeenteForm
from actions.gesprek import ActionBevestigen, ActionCorrigeren, ActionOntkennen, ActionVergeet, ActionZeg
from actions.kennisvraag import ActionBeantwoord
from actions.leeftijd import ActionLeeftijdNoemen
from actions.leerpad import ActionLeerpad, ActionLeerpadAntwoord, ActionLeerpadStop
from actions.lokaal import ActionLokaalAntwoord, ActionLokaalBegin
from actions.slotvraag import ActionSlotvraag
from actions.uitleg import ActionEenvoudiger, ActionMeerUitleg

__all__ = [
    "ActionAskGemeente",
    "ActionBeantwoord",
    "ActionBegrip",
    "ActionBevestigen",
    "ActionBron",
    "ActionBuitenBereik",
    "ActionCorrigeren",
    "ActionCrisis",
    "ActionDoelgroep",
    "ActionEenvoudiger",
    "ActionGemeenteNoemen",
    "ActionLeeftijdNoemen",
    "ActionLeerpad",
    "ActionLeerpadAntwoord",
    "ActionLeerpadStop",
    "ActionLokaalAntwoord",
    "ActionLokaalBegin",
    "ActionMeerUitleg",
    "ActionOntkennen",
    "ActionSlotvraag",
    "ActionVergeet",
    "ActionZeg",
    "ValidateGemeenteForm",
]
