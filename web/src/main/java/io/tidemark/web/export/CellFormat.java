package io.tidemark.web.export;

/** How values of one column are written, separators included. */
interface CellFormat {

    /** @param from has eight readable bytes after the value */
    void value(byte[] from, int at, int length, OutputBuffer out);

    void nullValue(OutputBuffer out);
}
