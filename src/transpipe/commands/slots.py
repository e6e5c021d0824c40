"""How many languages are built at a time: as many as there are cores, and memory for."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import click

MIB = 2**20
_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


def size(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
    """Read an option that is an amount of memory: a number of bytes, or one with K, M, G or T.

    :raises click.BadParameter: if it is none.
    """
    if value is None:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:I?B)?", value.strip().upper())
    amount = int(float(match[1]) * _UNITS[match[2]]) if match else 0
    if not amount:
        raise click.BadParameter(f"{value!r} is no amount of memory: write it as in 900M or 4G")
    return amount


def at_a_time(expected: Sequence[int], cores: int, memory: int) -> int:
    """Say how many of some processes can run at a time, and always one.

    :param expected: the memory that each will take, in bytes.
    :param memory: what there is for all, in bytes.
    """
    largest = sorted(expected, reverse=True)
    fitting = (n for n in range(1, min(len(expected), cores) + 1) if sum(largest[:n]) <= memory)
    return max(fitting, default=1)


def available_memory() -> int:
    """Give the memory that processes can take now without pushing others out, in bytes."""
    try:
        info = Path("/proc/meminfo").read_text("ascii")
        found = re.search(r"^MemAvailable:\s+(\d+) kB", info, re.MULTILINE)
        if found:
            return int(found[1]) * 1024
    except OSError:
        pass  # not Linux
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def in_mib(size: int) -> str:
    """Write an amount of memory.

    >>> in_mib(900 * 2**20)
    '900 MiB'
    """
    return f"{round(size / MIB):,} MiB".replace(",", " ")
