"""Completions in shells, by argcomplete: the shell asks the command itself what may follow."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from cleanpage.cli.options import Command, needs

SHELLS = ("bash", "zsh", "fish")
_ASKED, _TYPED_LINE = "_ARGCOMPLETE", "COMP_LINE"
"""Variables by which the shell asks: how many words are the command's own name, and what has been typed."""
_FILES, _FOLDERS = ("PAGE", "FILE", "OUT", "REPORT"), ("FOLDER",)
"""Metavars of arguments that are files and folders; of others nothing is known."""


class Print(argparse.Action):
    """``--completions SHELL``: print what the shell has to read, and stop."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: object, values: Any, option: object = None) -> None:
        """Print it."""
        with needs("cli"):
            argcomplete = importlib.import_module("argcomplete")
        sys.stdout.write(argcomplete.shellcode([parser.prog], shell=values))
        parser.exit()


def asked_to_complete() -> bool:
    """Tell whether a shell has started the command to ask what may follow."""
    return _ASKED in os.environ and _TYPED_LINE in os.environ


def complete(default: Command, commands: Mapping[str, Command]) -> None:
    """Answer the shell and end the process."""
    with needs("cli"):
        argcomplete = importlib.import_module("argcomplete")
    typed = os.environ[_TYPED_LINE].split()
    command = default
    if len(typed) > 1 and typed[1] in commands and os.environ[_TYPED_LINE].split(maxsplit=1)[1] != typed[1]:
        command = commands[typed[1]]
        os.environ[_ASKED] = "2"

    def suggest(prefix: str, action: argparse.Action, parsed_args: argparse.Namespace, **_: object) -> Iterable[str]:
        if action.metavar in _FOLDERS:
            yield from argcomplete.completers.DirectoriesCompleter()(prefix)
        elif action.metavar in _FILES:
            yield from argcomplete.completers.FilesCompleter()(prefix)
        if command is default and action.metavar == "PAGE" and not parsed_args.pages:
            yield from (name for name in commands if name.startswith(prefix))

    argcomplete.autocomplete(command.parser(), default_completer=suggest, always_complete_options="long")
