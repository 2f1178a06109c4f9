"""The OpenAI chat format before our one Answer: any client that speaks it can ask."""
