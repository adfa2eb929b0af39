"""
Batches: many situations, read from files of any kind, answered on columns, written whole or not at all.

    inputs --tables, fact_files--> rows --cells--> facts, or rejects --work--> answers --outputs--> one file

A batch is worked in parts of equal size, so that memory does not grow with the rows and a run that was killed can go on.
"""
