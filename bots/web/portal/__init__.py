"""The chat inside other sites' pages: who may embed it, as whom their visitors ask, and how much."""
