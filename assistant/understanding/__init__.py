"""What is being asked? Text in, Request out: by rules, by nearest examples, by the conversation so far."""

from assistant.understanding.examples import Embedder
from assistant.understanding.gazetteer import AgencyName, Register
from assistant.understanding.understand import Understood, understand

__all__ = ["AgencyName", "Embedder", "Register", "Understood", "understand"]
