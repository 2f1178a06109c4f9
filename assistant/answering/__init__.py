"""A request becomes an answer: one module an intent, and a few for what is asked in one way only."""

from assistant.answering.composing import composed

__all__ = ["composed"]
