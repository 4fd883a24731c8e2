"""Keeps what happens to a small table, commit by commit, so that a test can let it happen again."""

import json
import shutil
from pathlib import Path

from deltalake import DeltaTable

import oracle


class Recorder:
    """
    Records one table under a folder:

    table/           as it is at the end
    gone/            files that were deleted on the way, by VACUUM or by cleaning the log
    expected.ndjson  a line for each version: which files came with it and which went (paths under the table), whether its
                     rows can still be read at the end, and every view at it
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.table = self.folder / "table"
        self.table.mkdir(parents=True)
        self.copies = self.folder / "copies"
        self.seen = set()
        self.lines = []

    @property
    def uri(self):
        return str(self.table)

    def delta(self):
        return DeltaTable(self.uri)

    def committed(self):
        """To be called after whatever made commits, or deleted files: one line for each version that is new."""
        newest = self.delta().version()
        there = self._files()
        appeared = sorted(there - self.seen)
        vanished = sorted(self.seen - there)
        for path in appeared:
            copy = self.copies / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.table / path, copy)
        self.seen = there
        first = self.lines[-1]["version"] + 1 if self.lines else 0
        for version in range(first, newest + 1):
            own = [path for path in appeared if self._version_of(path, first, newest) == version]
            line = {"version": version, "readable": True, "appeared": own, "vanished": []}
            line.update(oracle.views(self.uri, version))
            self.lines.append(line)
        if first > newest:
            # No commit came with it: a checkpoint, or a cleaned log.
            self.lines[-1]["appeared"] += appeared
        self.lines[-1]["vanished"] += vanished

    @staticmethod
    def _version_of(path, first, newest):
        """Of commits made in one go: a commit file is its own version's, whatever else came, the first one's."""
        name = Path(path).name
        if path.startswith("_delta_log/") and name.endswith(".json") and name[:20].isdigit():
            return int(name[:20])
        return first if first <= newest else newest

    def _files(self):
        return {str(path.relative_to(self.table)) for path in self.table.rglob("*") if path.is_file()}

    def finish(self):
        """Writes what is expected, and keeps the files that are gone."""
        for path in sorted({path for line in self.lines for path in line["vanished"]}):
            kept = self.folder / "gone" / path
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(self.copies / path, kept)
        shutil.rmtree(self.copies)
        for line in self.lines:
            try:
                line["readable"] = oracle.views(self.uri, line["version"])["totals"] == line["totals"]
            except Exception:  # Of many types: the log was cleaned, or a file is gone.
                line["readable"] = False
        with open(self.folder / "expected.ndjson", "w", encoding="utf-8") as out:
            for line in self.lines:
                out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        return self.lines
