package io.tidemark.views.analysis;

import java.util.ArrayList;
import java.util.List;

/** Ids and times, in pieces, so that nothing is copied as it grows. */
final class TouchList {
    private static final int PIECE = 4096;

    private final List<int[]> ids = new ArrayList<>();
    private final List<long[]> times = new ArrayList<>();
    private int inLast = PIECE;

    /** Takes one id and its time. */
    interface Visitor {
        void visit(int id, long micros);
    }

    void add(int id, long micros) {
        if (inLast == PIECE) {
            ids.add(new int[PIECE]);
            times.add(new long[PIECE]);
            inLast = 0;
        }
        ids.get(ids.size() - 1)[inLast] = id;
        times.get(times.size() - 1)[inLast++] = micros;
    }

    long heapBytes() {
        return 12L * PIECE * ids.size();
    }

    void forEach(Visitor visitor) {
        for (int p = 0; p < ids.size(); p++) {
            int end = p == ids.size() - 1 ? inLast : PIECE;
            for (int i = 0; i < end; i++) {
                visitor.visit(ids.get(p)[i], times.get(p)[i]);
            }
        }
    }
}
