"""The words for how essays stand to one another."""

from __future__ import annotations

from plenipo.advice.by_source import Agreement

#: The classes of a comparison of essays in reading order, and what each is headed by.
AGREEMENTS = {
    Agreement.DIFFER: "They differ",
    Agreement.AGREE: "They agree",
    Agreement.ONE_SPEAKS: "Only one of them speaks",
    Agreement.TOGETHER: "Only together do they speak",
    Agreement.SILENT: "They are silent",
}
NEITHER_SPEAKS = "No essay gives advice on these here; --full names them."
