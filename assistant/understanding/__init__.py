"""What is being asked? Text in, Request out: by rules, by what examples taught, by the conversation so far."""

from assistant.understanding.gazetteer import AgencyName, Register
from assistant.understanding.understand import Understood, understand
from assistant.understanding.weighing import Embedder

__all__ = ["AgencyName", "Embedder", "Register", "Understood", "understand"]
