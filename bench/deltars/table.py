"""The table of a live run, and a mirror of it from which nothing is ever deleted."""

import os
import shutil
from collections import Counter
from pathlib import Path

from deltalake import DeltaTable, write_deltalake


class Table:
    """Writes commits through delta-rs with its defaults, checkpoints included, and notes when each was written."""

    def __init__(self, path, mirror):
        for folder in (path, mirror):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        self.path = path
        self.mirror = mirror
        self.delta = None
        self.version = -1
        self.written = {}  # version -> when its commit was written, seconds since the epoch
        self.kind = {}  # version -> what made it
        self.linked = set()

    def append(self, batch):
        write_deltalake(self.delta or str(self.path), batch, mode="append")
        if self.delta is None:
            self.delta = DeltaTable(str(self.path))
        self._done("append")

    def delete(self, predicate):
        self.delta.delete(predicate)
        self._done("delete")

    def update(self, updates, predicate):
        self.delta.update(updates, predicate=predicate)
        self._done("update")

    def optimize(self, z_order):
        if z_order:
            self.delta.optimize.z_order(["channel", "event_type"])
        else:
            self.delta.optimize.compact()
        self._done("z-order" if z_order else "optimize")

    def vacuum(self):
        self.delta.vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False)
        self._done("vacuum")

    def kinds(self):
        return ", ".join(f"{count} {kind}" for kind, count in Counter(self.kind.values()).most_common())

    def _done(self, kind):
        self.delta.update_incremental()
        for version in range(self.version + 1, self.delta.version() + 1):
            # When the commit was written; delta-rs itself returns later, after a checkpoint perhaps.
            self.written[version] = os.stat(self.path / "_delta_log" / f"{version:020d}.json").st_mtime
            self.kind[version] = kind
        self.version = self.delta.version()
        self._link()

    def _link(self):
        """Hard links: what VACUUM deletes stays readable in the mirror."""
        for folder in (self.path, self.path / "_delta_log"):
            for entry in os.scandir(folder):
                if entry.is_file() and entry.path not in self.linked and not entry.name.startswith("_last"):
                    self.linked.add(entry.path)
                    to = self.mirror / Path(entry.path).relative_to(self.path)
                    to.parent.mkdir(exist_ok=True)
                    os.link(entry.path, to)
