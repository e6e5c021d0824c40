"""The options that several verbs share, spelled the same in each."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click
from babel import Locale

from transpipe.config import Config, defaults, find_config, load_config
from transpipe.errors import TranspipeError
from transpipe.files import relative_to
from transpipe.locales import parse_locale

AnyCommand = TypeVar("AnyCommand", bound=Callable[..., Any])


def _locales(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[Locale, ...]:
    """Flatten ``-l es -l pt,en``: a value may hold several with commas, as for sphinx-intl."""
    codes = [code for value in values for code in value.split(",") if code.strip()]
    return tuple(dict.fromkeys(parse_locale(code) for code in codes))


PATH = click.Path(path_type=Path)
"""A file or folder. What is wrong with it is said by what reads or writes it, in one line."""


def config_option(command: AnyCommand) -> AnyCommand:
    """Add ``--config``."""
    return click.option(
        "--config",
        "config_file",
        type=PATH,
        metavar="FILE",
        help="The configuration file. Default: the nearest one upward from here.",
    )(command)


def language_option(command: AnyCommand) -> AnyCommand:
    """Add ``-l/--language``."""
    return click.option(
        "-l",
        "--language",
        "languages",
        metavar="CODE",
        multiple=True,
        callback=_locales,
        help="A language, repeatable. Default: the configured ones.",
    )(command)


def verbosity_options(command: AnyCommand) -> AnyCommand:
    """Add ``-q`` and ``-v``; the command is given ``verbosity``: -1, 0 or 1."""

    def settle(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value:
            ctx.params["verbosity"] = -1 if param.name == "quiet" else 1
        ctx.params.setdefault("verbosity", 0)

    for flags, name, text in (
        (("-v", "--verbose"), "verbose", "Say more."),
        (("-q", "--quiet"), "quiet", "Say nothing but errors and the answer asked for."),
    ):
        command = click.option(
            *flags, name, is_flag=True, expose_value=False, callback=settle, help=text
        )(command)
    return command


def project_config(config_file: Path | None) -> Config:
    """Load the configuration of the project around the working directory.

    :raises ConfigError: if it cannot be used.
    :raises TranspipeError: if there is none.
    """
    path = config_file or _nearest()
    if path is None:
        raise TranspipeError(
            "no configuration here or in a folder above",
            "run 'transpipe init', or give every path on the command line",
        )
    return load_config(path)


def nearest_config(config_file: Path | None) -> Config:
    """Load the configuration around the working directory, or the defaults where there is none.

    :raises ConfigError: if there is one that cannot be used.
    """
    path = config_file or _nearest()
    return load_config(path) if path else defaults(Path())


def _nearest() -> Path | None:
    """Find the configuration; from the project's own folder, paths are short in every message."""
    path = find_config(Path.cwd())
    return relative_to(path, Path.cwd()) if path else None


def chosen_languages(config: Config, languages: tuple[Locale, ...]) -> tuple[Locale, ...]:
    """Give the languages of the command line, else the configured ones.

    :raises TranspipeError: if there are none.
    """
    chosen = languages or config.languages
    if not chosen:
        raise TranspipeError(
            "no language", "give one with -l, or set 'languages' in the configuration"
        )
    return chosen


def with_source_language(config: Config, code: Locale | None) -> Config:
    """Give the configuration another default source language."""
    return replace(config, source_language=code) if code else config


def color() -> bool | None:
    """Tell click to strip styles where the user asked for none; otherwise it decides itself."""
    return False if os.environ.get("NO_COLOR") else None
