"""spbe admin: people, programs, exports, backup, and the doctor."""

from bots.commands.admin.backing_up import backup, restore
from bots.commands.admin.examining import doctor
from bots.commands.admin.exports import audit, feedback
from bots.commands.admin.group import admin
from bots.commands.admin.keys import keys
from bots.commands.admin.people import accounts, agencies, invite

for _command in (agencies, accounts, invite, feedback, audit, backup, restore, doctor):
    admin.command()(_command)
admin.add_typer(keys, name="keys")

__all__ = ["admin"]
