"""The folder OUT and the files beside it, wherever Spark can write: a disk, HDFS, an object store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from pyspark.sql import SparkSession

from plenipo.batch.metadata import METADATA_ENDING
from plenipo.batch.output.destination import REJECTS_ENDING
from plenipo.errors import UsageError, already_there, printable, quoted


class OutputFolder:
    """
    A folder whose answers are written to `temporary` and appear under the name of OUT when it is finished, not before.

    That is one step where renaming a folder is one (a disk, HDFS); an object store copies the files one by one.

    Raises:
        UsageError: OUT already exists, and `force` does not say that it may go.
    """

    def __init__(self, spark: SparkSession, out: str, *, force: bool) -> None:
        self.path = out.rstrip("/")
        self.rejects = self.path + REJECTS_ENDING
        # Spark reaches files only through its own Java.
        self._hadoop: Any = spark._jvm.org.apache.hadoop.fs
        self._files: Any = self._at(self.path).getFileSystem(spark._jsc.hadoopConfiguration())
        self._files.setWriteChecksum(False)
        if not force and self._files.exists(self._at(self.path)):
            raise already_there(out)
        parent, slash, name = self.path.rpartition("/")
        self._parent = f"{parent}{slash}"
        # Spark skips names that begin so.
        self.temporary = f"{self._parent}_{name}.{uuid4().hex[:8]}"

    def check(self) -> None:
        """
        Check that the folder of OUT exists.

        Raises:
            UsageError: it does not.
        """
        if self._parent and not self._files.exists(self._at(self._parent)):
            raise UsageError(f"there is no folder {quoted(printable(self._parent, 200))}")

    def reject(self, lines: Iterable[str]) -> None:
        """Write the rejects, line by line."""
        stream = self._files.create(self._at(self.temporary + REJECTS_ENDING), True)
        try:
            for line in lines:
                stream.write(bytearray(line, "ascii"))
        finally:
            stream.close()

    def finish(self, metadata: str) -> None:
        """Give what was written its names, after removing what is left of an older batch."""
        for path in (self.path, self.path + METADATA_ENDING, self.rejects):
            self._files.delete(self._at(path), True)
        stream = self._files.create(self._at(self.path + METADATA_ENDING), True)
        stream.write(bytearray(metadata + "\n", "ascii"))
        stream.close()
        if self._files.exists(self._at(self.temporary + REJECTS_ENDING)):
            self._files.rename(self._at(self.temporary + REJECTS_ENDING), self._at(self.rejects))
        self._files.rename(self._at(self.temporary), self._at(self.path))

    def clear(self) -> None:
        """Remove what was not finished."""
        for ending in ("", REJECTS_ENDING):
            self._files.delete(self._at(self.temporary + ending), True)

    def _at(self, path: str) -> Any:
        return self._hadoop.Path(path)
