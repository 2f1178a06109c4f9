"""The commands of ``spbe``, by concept; bots.command_line puts them together."""
