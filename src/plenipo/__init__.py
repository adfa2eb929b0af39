"""
plenipo: decision support on North Korea policy that can be run, questioned and audited.

Whatever the command line can do is one call here. A rulebook left out is the one that comes with plenipo; a situation
is a fact file, the name of a bundled situation, or a plain mapping of facts.

>>> import plenipo
>>> advice = plenipo.advise({"us_china_friction": "high"})
>>> advice.options["four_party_talks"].verdict.value
'defer'

Importing this costs next to nothing: what a call needs is imported when it is called.
"""

from __future__ import annotations

import sys
from types import ModuleType

from plenipo.library.asking import (
    advise,
    by_source,
    change,
    compare,
    explain,
    interview,
    outlook,
    plan,
    roadmap,
    trace,
)
from plenipo.library.auditing import (
    check,
    coverage,
    diff,
    generate,
    mutate,
    run_suite,
)
from plenipo.library.batching import batch, find_case
from plenipo.library.ranging import robust, sweep
from plenipo.library.reading import (
    load_rulebook,
    load_situation,
    overview,
    read_texts,
    schemas,
    show,
    situations,
    sources,
    template,
    verify_sources,
    write_schemas,
    write_situations,
)
from plenipo.report import print_answer, render
from plenipo.version import VERSION as __version__  # noqa: N811 - the name that Python has for it

__all__ = [
    "__version__",
    "advise",
    "batch",
    "by_source",
    "change",
    "check",
    "compare",
    "coverage",
    "diff",
    "explain",
    "find_case",
    "generate",
    "interview",
    "load_rulebook",
    "load_situation",
    "mutate",
    "outlook",
    "overview",
    "plan",
    "print_answer",
    "read_texts",
    "render",
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
    "write_schemas",
    "write_situations",
]


class _Library(ModuleType):
    """The package, whose functions stay when a submodule of the same name is imported (docs/decisions/0006)."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Library
