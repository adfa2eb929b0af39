"""Writing what a command has to say, laid out or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from plenipo.cli.options import PlainForm

if TYPE_CHECKING:
    from plenipo.report.page import Page


def put(
    form: PlainForm,
    width: int | None,
    laid_out: Callable[[Page], None],
    document: Callable[[], Mapping[str, object]],
) -> None:
    """Write an answer to stdout in the form asked for; only that form is made."""
    if form is PlainForm.JSON:
        from plenipo.report.json import dumps

        print(dumps(dict(document())))
    else:
        from plenipo.report.page import Page

        laid_out(Page(width=width))
