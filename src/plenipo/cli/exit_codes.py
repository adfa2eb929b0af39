"""
Exit codes that no fault of the input has; the others are attributes of the faults (`plenipo.errors`).

A closed pipe is caught in two places: `app` where Typer or Rich meet it, and `main` where the last output meets it.
"""

#: The answer is "no": an expectation failed, or something was found.
NO = 1
#: A fault of plenipo itself.
INTERNAL = 70
#: The signal that ended the run, by the convention of shells: 128 and its number.
INTERRUPTED = 130
PIPE_CLOSED = 141
