package io.tidemark.ingest.scan;

/**
 * One top-level column as a file has it.
 *
 * @param leaf number of its column chunk in every row group; -1 if it is nested
 * @param fieldId -1 if the file gives none
 * @param type physical type; null if nested
 * @param typeLength of {@code FIXED_LEN_BYTE_ARRAY}
 * @param meaning logical type, or the older converted type
 * @param scale of a decimal
 */
record FileColumn(
        String name,
        int leaf,
        int fieldId,
        Physical type,
        int typeLength,
        Repetition repetition,
        Meaning meaning,
        int scale) {

    /** In the order of Parquet's ids. */
    enum Physical {
        BOOLEAN(0),
        INT32(4),
        INT64(8),
        INT96(12),
        FLOAT(4),
        DOUBLE(8),
        BYTE_ARRAY(0),
        FIXED_LEN_BYTE_ARRAY(0);

        /** Bytes of a value; 0 where the type alone does not say. */
        final int width;

        Physical(int width) {
            this.width = width;
        }
    }

    /** In the order of Parquet's ids. */
    enum Repetition {
        REQUIRED,
        OPTIONAL,
        REPEATED
    }

    /** What the bytes mean, as far as a reader must know. */
    enum Meaning {
        NONE,
        TEXT,
        DECIMAL,
        DATE,
        MILLIS,
        MICROS,
        NANOS,
        UNSIGNED,
        OTHER
    }

    boolean isFlat() {
        return leaf >= 0 && repetition != Repetition.REPEATED;
    }

    boolean isOptional() {
        return repetition == Repetition.OPTIONAL;
    }

    /** Bytes of a value of fixed width; 0 otherwise. */
    int width() {
        return type == Physical.FIXED_LEN_BYTE_ARRAY ? typeLength : type.width;
    }

    /** For messages: {@code INT64 (MICROS)}, or {@code nested}. */
    String describe() {
        if (!isFlat()) {
            return "nested or repeated";
        }
        return meaning == Meaning.NONE ? type.name() : type + " (" + meaning + ")";
    }
}
