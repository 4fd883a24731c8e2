package io.tidemark.web.export;

/** For formats in which rows need nothing but to follow one another. */
final class TextEncoder implements RowEncoder {
    private final RowWriter writer;

    /** @param writer of the same kind as those that write the rows */
    TextEncoder(RowWriter writer) {
        this.writer = writer;
    }

    @Override
    public void begin(OutputBuffer out) {
        writer.begin(out);
    }

    @Override
    public void rows(byte[] chunk, OutputBuffer out) {
        out.put(chunk);
    }

    @Override
    public void end(OutputBuffer out) {}
}
