"""Words that were taken for names without being them, letter by letter: each is told on stderr, once."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from plenipo.cli.messages import tell as say_remark
from plenipo.rulebook.loose_names import LooselyRead


@contextmanager
def told_readings() -> Iterator[None]:
    """Tell on stderr, and each once, how words are read that are not written as the names that they mean."""
    told: set[str] = set()
    with warnings.catch_warnings():
        others = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if not issubclass(category, LooselyRead):
                others(message, category, *place, **more)
            elif str(message) not in told:
                told.add(str(message))
                sys.stdout.flush()
                say_remark(str(message))

        warnings.simplefilter("always", LooselyRead)
        warnings.showwarning = show
        yield
