"""
Batches: many situations, read from files of any kind, answered on columns, written whole or not at all.

    inputs --sources--> parts --cells--> facts, or rejects --work--> answers --outputs--> OUT

A batch is worked in parts of equal size, so that memory does not grow with the rows and a killed run can go on.
"""
