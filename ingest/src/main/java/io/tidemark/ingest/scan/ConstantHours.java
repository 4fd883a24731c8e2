package io.tidemark.ingest.scan;

/** One hour for every row of a file. */
record ConstantHours(long constant) implements HourVector {

    @Override
    public boolean isConstant() {
        return true;
    }

    @Override
    public long[] hours() {
        throw new IllegalStateException("constant");
    }
}
