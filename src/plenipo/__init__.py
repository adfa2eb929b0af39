"""
plenipo: decision support on North Korea policy that can be run, questioned and audited.

Whatever the command line can do is one call here. A rulebook left out is the one that comes with plenipo; a situation
is a fact file, the name of a bundled situation, a plain mapping of facts, or advice that was given on one.

>>> import plenipo
>>> advice = plenipo.advise({"us_china_friction": "high"})
>>> advice.options["four_party_talks"].verdict.value
'defer'

Importing this costs next to nothing: a call, and what it needs, is imported when it is first used.
"""

from __future__ import annotations

import sys
from types import ModuleType

from plenipo.version import VERSION as __version__  # noqa: N811 - the name that Python has for it

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plenipo.api import (
        LooselyRead,
        advise,
        batch,
        brief,
        by_source,
        change,
        check,
        compare,
        coverage,
        diff,
        exact_names,
        explain,
        find_case,
        fingerprints,
        generate,
        graph,
        interview,
        load_rulebook,
        load_situation,
        mutate,
        outlook,
        output_schemas,
        overview,
        plan,
        read_texts,
        report,
        roadmap,
        robust,
        run_suite,
        schemas,
        show,
        situations,
        sources,
        sweep,
        template,
        trace,
        verify_sources,
        write_answer,
        write_output_schemas,
        write_schemas,
        write_situations,
        write_table,
    )
    from plenipo.report import print_answer, render

__all__ = [
    "LooselyRead",
    "__version__",
    "advise",
    "batch",
    "brief",
    "by_source",
    "change",
    "check",
    "compare",
    "coverage",
    "diff",
    "exact_names",
    "explain",
    "find_case",
    "fingerprints",
    "generate",
    "graph",
    "interview",
    "load_rulebook",
    "load_situation",
    "mutate",
    "outlook",
    "output_schemas",
    "overview",
    "plan",
    "print_answer",
    "read_texts",
    "render",
    "report",
    "roadmap",
    "robust",
    "run_suite",
    "schemas",
    "show",
    "situations",
    "sources",
    "sweep",
    "template",
    "trace",
    "verify_sources",
    "write_answer",
    "write_output_schemas",
    "write_schemas",
    "write_situations",
    "write_table",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Return a public call, imported when it is first used."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from plenipo import api

        globals()[name] = found = getattr(api, name)
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """The package, whose calls keep their names when a subpackage of one is imported (docs/decisions/0006)."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
