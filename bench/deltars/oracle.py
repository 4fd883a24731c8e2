"""What the views of a table have to be, by readers that are not Tidemark's: delta-rs the log, pyarrow the files, DuckDB the counts."""

import duckdb
from deltalake import DeltaTable

TIME = "timestamp"
DIMENSIONS = {"channel": "channel", "type": "event_type", "platform": "platform", "category": "event_category"}
DISTINCT = "session_id"


def live_rows(path, version):
    """The live rows at a version as an Arrow table, with the columns that are counted; one that the table lacks is absent."""
    table = DeltaTable(path, version=version)
    wanted = [TIME, DISTINCT, *DIMENSIONS.values()]
    present = [field.name for field in table.schema().fields if field.name in wanted]
    return table.to_pyarrow_table(columns=present)


def counts(rows):
    """
    Every view of these rows.

    hourly, channel, … are lists of [value, count], heatmap of [channel, type, count]: by value, null last. A column that is
    absent is null in all rows.
    """
    db = duckdb.connect()
    db.execute("SET TimeZone = 'UTC'; SET threads = 1")
    db.register("present", rows)

    def column(name):
        # Cast: a partition column comes as a dictionary, and a column of nulls only has no type of its own.
        return f'CAST("{name}" AS VARCHAR)' if name in rows.column_names else "CAST(NULL AS VARCHAR)"

    time = "NULL"
    if TIME in rows.column_names:
        time = f"strftime(date_trunc('hour', CAST(\"{TIME}\" AS TIMESTAMP)), '%Y-%m-%dT%H:%M:%SZ')"
    columns = [f"{time} AS hour", f"{column(DISTINCT)} AS session"]
    columns += [f"{column(source)} AS {name}" for name, source in DIMENSIONS.items()]
    db.execute(f"CREATE TABLE rows AS SELECT {', '.join(columns)} FROM present")

    def groups(by, where="TRUE"):
        result = db.execute(f"SELECT {by}, count(*) FROM rows WHERE {where} GROUP BY ALL ORDER BY ALL NULLS LAST")
        return [list(row) for row in result.fetchall()]

    def one(expression):
        return db.execute(f"SELECT {expression} FROM rows").fetchone()[0]

    views = {
        "totals": {
            "events": one("count(*)"),
            "noTime": one("count(*) FILTER (hour IS NULL)"),
            "sessions": one("count(DISTINCT session) FILTER (session <> '')"),
            "values": {name: one(f"count(DISTINCT {name})") for name in DIMENSIONS},
        },
        "hourly": groups("hour", "hour IS NOT NULL"),
    }
    for name in DIMENSIONS:
        views[name] = groups(name)
    views["heatmap"] = groups("channel, type")
    db.close()
    return views


def views(path, version):
    """Every view of a table at a version."""
    return counts(live_rows(path, version))
