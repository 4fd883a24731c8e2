#!/usr/bin/env python3
"""
Makes the tables of views/src/test/resources/deltars: small ones, by delta-rs, each with what every view of each version is.

    python3 -m venv venv && venv/bin/pip install -r bench/deltars/requirements.txt
    venv/bin/python bench/deltars/make_tables.py [FOLDER]

Rows are seeded; names of files, ids and times of commits are delta-rs's own and differ from run to run.
"""

import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
from deltalake import ColumnProperties, PostCommitHookProperties, WriterProperties, write_deltalake

from events import Events
from recorder import Recorder

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / "views/src/test/resources/deltars"

# Checkpoints and cleaning happen where a script asks for them.
BY_HAND = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)


def append(recorder, batch, **options):
    write_deltalake(recorder.uri, batch, mode="append", post_commithook_properties=BY_HAND, **options)
    recorder.committed()


def appends(recorder, events):
    """Batches as the usual writer makes them, and then what it never writes: null everywhere, odd times, no rows."""
    for minute in range(6):
        append(recorder, events.batch(events.rows(), f"2026-03-01T23:{50 + minute}:00", hours=0.2))
    odd = events.batch(30)
    odd.loc[:4, "timestamp"] = pd.NaT
    odd.loc[3:8, "channel"] = None
    odd.loc[6:12, "event_type"] = None
    odd.loc[10:14, "session_id"] = None
    append(recorder, odd)
    old = events.batch(20, "1969-12-31T22:30:00", hours=3)
    old["platform"] = None
    append(recorder, old)
    append(recorder, events.batch(0))
    nothing = events.batch(7)
    for column in nothing.columns:
        if column != "interaction_value":
            nothing[column] = pd.Series([None] * 7, dtype=nothing[column].dtype)
    append(recorder, nothing)


def writers(recorder, events):
    """The same rows' columns in every way that delta-rs can write them."""
    for codec in ["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"]:
        append(recorder, events.batch(events.rows()), writer_properties=WriterProperties(compression=codec))
    small = WriterProperties(
        data_page_size_limit=200, dictionary_page_size_limit=150, max_row_group_size=25, write_batch_size=10
    )
    append(recorder, events.batch(90), writer_properties=small)
    plain = ColumnProperties(dictionary_enabled=False)
    append(recorder, events.batch(60), writer_properties=WriterProperties(default_column_properties=plain))
    for encoding in ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"]:
        texts = {
            name: ColumnProperties(dictionary_enabled=False, encoding=encoding)
            for name in ["channel", "platform", "event_type", "event_category", "session_id"]
        }
        texts["timestamp"] = ColumnProperties(dictionary_enabled=False, encoding="DELTA_BINARY_PACKED")
        append(recorder, events.batch(60), writer_properties=WriterProperties(column_properties=texts))


def rewrites(recorder, events):
    """DELETE, UPDATE, MERGE, overwrite of all and of a part, and RESTORE, with the old files still there."""
    for _ in range(4):
        append(recorder, events.batch(events.rows()))
    options = {"post_commithook_properties": BY_HAND}
    recorder.delta().delete("channel = 'chat' AND event_type = 'message'", **options)
    recorder.committed()
    recorder.delta().update({"platform": "'none'"}, predicate="platform = ''", **options)
    recorder.committed()
    recorder.delta().delete("channel = 'nobody'", **options)
    recorder.committed()
    source = events.batch(40, sessions=60)
    source["channel"] = "kiosk"
    source = source.drop_duplicates("session_id")
    merge = recorder.delta().merge(
        pa.table(source), "target.session_id = source.session_id", source_alias="source", target_alias="target", **options
    )
    merge.when_matched_update({"channel": "source.channel"}).when_not_matched_insert_all().execute()
    recorder.committed()
    part = events.batch(25)
    part["channel"] = "voice"
    write_deltalake(recorder.uri, part, mode="overwrite", predicate="channel = 'voice'", **options)
    recorder.committed()
    write_deltalake(recorder.uri, events.batch(50), mode="overwrite", **options)
    recorder.committed()
    append(recorder, events.batch(events.rows()))
    recorder.delta().restore(5, **options)
    recorder.committed()
    recorder.delta().delete(**options)
    recorder.committed()
    append(recorder, events.batch(10))


def vacuumed(recorder, events):
    """Tiny commits, OPTIMIZE, and VACUUM with no retention: what was compacted is gone at once."""
    options = {"post_commithook_properties": BY_HAND}
    for round in range(3):
        for _ in range(4):
            append(recorder, events.batch(events.rows()))
        if round == 1:
            recorder.delta().delete("event_category = 'error'", **options)
            recorder.committed()
        recorder.delta().optimize.compact(**options)
        recorder.committed()
        recorder.delta().vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False, **options)
        recorder.committed()
    append(recorder, events.batch(events.rows()))


def zordered(recorder, events):
    """OPTIMIZE with Z-ORDER, twice, and an UPDATE of what it wrote."""
    options = {"post_commithook_properties": BY_HAND}
    for _ in range(4):
        append(recorder, events.batch(events.rows()))
    recorder.delta().optimize.z_order(["channel", "event_type"], **options)
    recorder.committed()
    append(recorder, events.batch(events.rows()))
    recorder.delta().update({"event_type": "upper(event_type)"}, predicate="channel = 'web'", **options)
    recorder.committed()
    recorder.delta().optimize.z_order(["timestamp"], **options)
    recorder.committed()


ODD_VALUES = ["web", "", None, "a b", "a/b", "50%", "x=y", "ą\u20ac🌊", "%41", "it's \"quoted\"", "two\nlines", "+"]


def partitioned(recorder, events):
    """Partitioned by channel, whose values are null, empty, and odd in every way that a path may take badly."""
    options = {"post_commithook_properties": BY_HAND}
    for size in [24, 40]:
        batch = events.batch(size)
        batch["channel"] = pd.Series([ODD_VALUES[i % len(ODD_VALUES)] for i in range(size)], dtype="str")
        append(recorder, batch, partition_by=["channel"])
    recorder.delta().delete("channel = 'a/b'", **options)
    recorder.committed()
    recorder.delta().delete("channel IS NULL AND event_type <> 'message'", **options)
    recorder.committed()
    recorder.delta().optimize.compact(**options)
    recorder.committed()
    recorder.delta().update({"channel": "'50%'"}, predicate="channel = 'web'", **options)
    recorder.committed()
    recorder.delta().vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False, **options)
    recorder.committed()


def cleaned(recorder, events):
    """A checkpoint, and a log that was cleaned up to it; then more commits."""
    configuration = {"delta.logRetentionDuration": "interval 0 seconds"}
    append(recorder, events.batch(events.rows()), configuration=configuration)
    for _ in range(5):
        append(recorder, events.batch(events.rows()))
    recorder.delta().delete("channel = 'agent'", post_commithook_properties=BY_HAND)
    recorder.committed()
    recorder.delta().create_checkpoint()
    recorder.committed()
    append(recorder, events.batch(events.rows()))
    recorder.delta().cleanup_metadata()
    recorder.committed()
    for _ in range(2):
        append(recorder, events.batch(events.rows()))


def evolved(recorder, events):
    """Columns that come later, properties and constraints that change no row, and rows that lack a column."""
    late = ["platform", "metadata"]
    for _ in range(2):
        append(recorder, events.batch(events.rows()).drop(columns=late))
    whole = events.batch(events.rows())
    whole["custom_data"] = "{}"
    append(recorder, whole, schema_mode="merge")
    append(recorder, events.batch(events.rows()).drop(columns=late), schema_mode="merge")
    recorder.delta().alter.set_table_properties({"delta.appendOnly": "false"}, post_commithook_properties=BY_HAND)
    recorder.committed()
    recorder.delta().alter.add_constraint({"known": "channel <> 'fax'"}, post_commithook_properties=BY_HAND)
    recorder.committed()
    append(recorder, events.batch(events.rows()), schema_mode="merge")
    recorder.delta().optimize.compact(post_commithook_properties=BY_HAND)
    recorder.committed()


def without_zone(recorder, events):
    """Times without a zone: delta-rs makes the table one of reader version 3, with the feature timestampNtz."""
    for _ in range(4):
        batch = events.batch(events.rows(), "2026-03-28T22:00:00", hours=12)
        batch["timestamp"] = batch["timestamp"].dt.tz_localize(None)
        append(recorder, batch)
    recorder.delta().delete("event_type = 'intent'", post_commithook_properties=BY_HAND)
    recorder.committed()
    recorder.delta().create_checkpoint()
    recorder.committed()
    batch = events.batch(12, "1960-01-01T00:30:00", hours=3)
    batch["timestamp"] = batch["timestamp"].dt.tz_localize(None)
    append(recorder, batch)


TABLES = [appends, writers, rewrites, vacuumed, zordered, partitioned, cleaned, evolved, without_zone]


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for seed, make in enumerate(TABLES, start=1):
        name = make.__name__.replace("_", "-")
        recorder = Recorder(folder / name)
        make(recorder, Events(seed))
        lines = recorder.finish()
        size = sum(path.stat().st_size for path in (folder / name).rglob("*") if path.is_file())
        readable = sum(line["readable"] for line in lines)
        print(f"{name}: {len(lines)} versions, {readable} readable, {lines[-1]['totals']['events']} rows, {size:,} bytes")


if __name__ == "__main__":
    main()
