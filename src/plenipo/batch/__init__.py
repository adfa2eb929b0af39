"""
Batches: many situations, read from files of any kind, answered in columns, and written complete or not at all.

    Job --inputs--> files --readers--> sources --normalize--> facts, or rejects --evaluate--> answers --output--> OUT

A batch goes through this in parts of equal size, so that memory does not grow with the rows and a run that was killed
can go on. `run` puts the steps together; `lookup` finds a row of OUT again. `spark` does the same on a cluster.
"""
