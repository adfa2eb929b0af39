"""The folder OUT and what stands beside it, wherever Spark can write: a disk, HDFS, an object store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from pyspark.sql import SparkSession

from plenipo.batch.metadata import SIDECAR
from plenipo.batch.output.destination import REJECTS
from plenipo.errors import UsageError, printable, quoted


class Folder:
    """
    What is written to `temporary` stands under the name of OUT once it is settled, and not before.

    That is one step where renaming a folder is (a disk, HDFS); an object store copies the files one by one.

    Raises:
        UsageError: something is there already, and `force` does not say that it may go.
    """

    def __init__(self, spark: SparkSession, out: str, *, force: bool) -> None:
        self.path = out.rstrip("/")
        self.rejects = self.path + REJECTS
        # Spark has no other door to files than its own Java.
        self._hadoop: Any = spark._jvm.org.apache.hadoop.fs
        self._files: Any = self._at(self.path).getFileSystem(spark._jsc.hadoopConfiguration())
        self._files.setWriteChecksum(False)
        if not force and self._files.exists(self._at(self.path)):
            raise UsageError(f"{quoted(printable(out, 200))} is there already", help=("--force overwrites it",))
        parent, slash, name = self.path.rpartition("/")
        self._parent = f"{parent}{slash}"
        # Spark passes over names that begin so.
        self.temporary = f"{self._parent}_{name}.{uuid4().hex[:8]}"

    def check(self) -> None:
        """
        See that there is a place for OUT.

        Raises:
            UsageError: there is none.
        """
        if self._parent and not self._files.exists(self._at(self._parent)):
            raise UsageError(f"there is no folder {quoted(printable(self._parent, 200))}")

    def reject(self, lines: Iterable[str]) -> None:
        """Write what is to be said of rows that are wrong, line by line."""
        stream = self._files.create(self._at(self.temporary + REJECTS), True)
        try:
            for line in lines:
                stream.write(bytearray(line, "ascii"))
        finally:
            stream.close()

    def settle(self, about: str) -> None:
        """Give what was written its names; what is left of an older batch goes."""
        for path in (self.path, self.path + SIDECAR, self.rejects):
            self._files.delete(self._at(path), True)
        stream = self._files.create(self._at(self.path + SIDECAR), True)
        stream.write(bytearray(about + "\n", "ascii"))
        stream.close()
        if self._files.exists(self._at(self.temporary + REJECTS)):
            self._files.rename(self._at(self.temporary + REJECTS), self._at(self.rejects))
        self._files.rename(self._at(self.temporary), self._at(self.path))

    def clear(self) -> None:
        """Remove what was not finished."""
        for ending in ("", REJECTS):
            self._files.delete(self._at(self.temporary + ending), True)

    def _at(self, path: str) -> Any:
        return self._hadoop.Path(path)
