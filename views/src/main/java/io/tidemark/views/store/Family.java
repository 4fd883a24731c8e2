package io.tidemark.views.store;

import java.nio.charset.StandardCharsets;

/** The column families of the store; what is in each is said in {@code docs/design/store.md}. */
enum Family {
    /** RocksDB wants it; holds what the directory is of, the state record, and notes. */
    META("default", false),
    /** Values by dimension and ordinal, and combinations by id. */
    DICTIONARY("dictionary", false),
    /** Hour blocks by hour. */
    HOURS("hours", false),
    /** Contributions by file. */
    LEDGER("ledger", true),
    /** What a file is and where, by file: always of the same files as the ledger. */
    FILES("files", true),
    /** Files whose ledger entries were written ahead of their step: they are not live. */
    AHEAD("ahead", true),
    /** Number of live files by hash of the distinct value. */
    DISTINCT("distinct", true);

    private final String title;
    private final boolean lookedUp;

    Family(String title, boolean lookedUp) {
        this.title = title;
        this.lookedUp = lookedUp;
    }

    byte[] bytes() {
        return title.getBytes(StandardCharsets.UTF_8);
    }

    /** True if keys are asked for that are often not there. */
    boolean lookedUp() {
        return lookedUp;
    }

    @Override
    public String toString() {
        return title;
    }
}
