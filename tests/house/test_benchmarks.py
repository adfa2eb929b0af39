"""The benchmarks' table: a target that is missed is told, and makes the process fail."""

from __future__ import annotations

import pytest
from benchmarks.figures import Figure, publish


def test_a_missed_target_is_told_and_ends_the_process_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    publish(
        [Figure("quick", 1, "ms", target=2), Figure("rate", 3, "/s", target=2, least=True), Figure("free", 9, "ms")]
    )
    assert "NO" not in capsys.readouterr().out
    slow, few = Figure("slow", 3, "ms", target=2), Figure("few", 1, "/s", target=2, least=True)
    with pytest.raises(SystemExit) as ended:
        publish([slow], [few, Figure("quick", 1, "ms", target=2)])
    assert ended.value.code == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.rpartition(" ")[2] for line in said if "  at " in line] == ["NO", "NO", "yes"]
    assert said[-1] == "NO: missed the target of slow; few"
