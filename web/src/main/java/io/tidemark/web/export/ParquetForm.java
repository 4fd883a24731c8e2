package io.tidemark.web.export;

import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;

/** How values of one type are written to Parquet. */
interface ParquetForm {

    Type type();

    /**
     * Writes a value that is not null, within a field that was started.
     *
     * @param text the value as scans give it: its text in UTF-8, the bytes of a binary one, the JSON of a nested one
     * @throws ArithmeticException if the type does not hold it
     */
    void add(byte[] text, int at, int length, RecordConsumer to);
}
