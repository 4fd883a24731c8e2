package io.tidemark.views.contribution;

import io.tidemark.ingest.scan.ColumnBatch;
import io.tidemark.ingest.scan.HourVector;
import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.ValueDictionary;

/** Batches of rows with exact times, as batches to be counted: with hours. For one thread. */
final class RowsAsCells implements ColumnBatch {
    private static final long MICROS_PER_HOUR = 3_600_000_000L;

    private final Hours hours = new Hours();
    private RowBatch rows;

    /** This, holding the next batch. */
    RowsAsCells of(RowBatch next) {
        rows = next;
        hours.take(next);
        return this;
    }

    @Override
    public int rows() {
        return rows.rows();
    }

    @Override
    public HourVector hours() {
        return hours;
    }

    @Override
    public IdVector values(int i) {
        IdVector values = rows.values(i);
        ValueDictionary dictionary = values.dictionary();
        return dictionary.lasting() >= dictionary.size()
                ? values
                : new OneBatch(values, new OneBatchDictionary(dictionary));
    }

    private static final class Hours implements HourVector {
        private long[] hours = new long[0];
        private boolean constant;

        void take(RowBatch batch) {
            int n = batch.rows();
            if (hours.length < n) {
                hours = new long[n];
            }
            long[] micros = batch.micros();
            constant = true;
            for (int i = 0; i < n; i++) {
                hours[i] = micros[i] == RowBatch.NO_TIME ? NO_TIME : Math.floorDiv(micros[i], MICROS_PER_HOUR);
                constant &= hours[i] == hours[0];
            }
        }

        @Override
        public boolean isConstant() {
            return constant;
        }

        @Override
        public long constant() {
            return hours[0];
        }

        @Override
        public long[] hours() {
            return hours;
        }
    }

    /** Ids that mean something else in the next batch: who counts keeps what it knows by the dictionary's identity. */
    private record OneBatch(IdVector values, ValueDictionary dictionary) implements IdVector {
        @Override
        public boolean isConstant() {
            return values.isConstant();
        }

        @Override
        public int constant() {
            return values.constant();
        }

        @Override
        public int[] ids() {
            return values.ids();
        }
    }

    private static final class OneBatchDictionary implements ValueDictionary {
        private final ValueDictionary dictionary;

        OneBatchDictionary(ValueDictionary dictionary) {
            this.dictionary = dictionary;
        }

        @Override
        public int size() {
            return dictionary.size();
        }

        @Override
        public String text(int id) {
            return dictionary.text(id);
        }

        @Override
        public byte[] bytes() {
            return dictionary.bytes();
        }

        @Override
        public int offset(int id) {
            return dictionary.offset(id);
        }

        @Override
        public int length(int id) {
            return dictionary.length(id);
        }
    }
}
