package io.tidemark.ingest.scan;

import java.nio.charset.StandardCharsets;

/** One value for every row of a file: a partition value, or null for a column that the file does not have. */
final class ConstantIds implements IdVector, ValueDictionary {
    private final String text;
    private final byte[] bytes;

    /** @param text null for null */
    ConstantIds(String text) {
        this.text = text;
        this.bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isConstant() {
        return true;
    }

    @Override
    public int constant() {
        return text == null ? NULL : 1;
    }

    @Override
    public int[] ids() {
        throw new IllegalStateException("constant");
    }

    @Override
    public ValueDictionary dictionary() {
        return this;
    }

    @Override
    public int size() {
        return text == null ? 1 : 2;
    }

    @Override
    public String text(int id) {
        check(id);
        return text;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int offset(int id) {
        check(id);
        return 0;
    }

    @Override
    public int length(int id) {
        check(id);
        return bytes.length;
    }

    private void check(int id) {
        if (id < 1 || id >= size()) {
            throw new IndexOutOfBoundsException("no value has id " + id);
        }
    }
}
