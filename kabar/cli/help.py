"""How the help looks."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption


class Group(TyperGroup):
    """Commands whose help names no type for a switch: `--quiet <bool>` reads as if a value had to be given."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The group's own options."""
        return _plain(super().get_params(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name."""
        command = super().get_command(ctx, cmd_name)
        if isinstance(command, TyperCommand):
            _plain(command.get_params(ctx))
        return command


def _plain(params: list[Any]) -> list[Any]:
    for param in params:
        if isinstance(param, TyperOption) and param.is_flag:
            param.metavar = ""
    return params
