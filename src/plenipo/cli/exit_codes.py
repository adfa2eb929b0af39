"""Exit codes that belong to no fault of the input; those that do stand with the faults (`plenipo.errors`)."""

from __future__ import annotations

#: The answer is "no": an expectation failed, or something was found.
NO = 1
#: A fault of ours.
INTERNAL = 70
#: What ended the run, as shells have it: 128 and the number of the signal.
INTERRUPTED = 130
PIPE_CLOSED = 141
