package io.tidemark.ingest.log;

/** The types of a table's columns, as far as Tidemark tells them apart. */
public enum ColumnType {
    STRING,
    BYTE,
    SHORT,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    DECIMAL,
    BOOLEAN,
    BINARY,
    DATE,
    /** An instant, stored in UTC. */
    TIMESTAMP,
    /** A time without a zone; Tidemark reads it as UTC. */
    TIMESTAMP_NTZ,
    STRUCT,
    ARRAY,
    MAP,
    /** Variant and whatever a later protocol adds. */
    OTHER;

    /** True if values are made of values. */
    public boolean isNested() {
        return this == STRUCT || this == ARRAY || this == MAP;
    }
}
