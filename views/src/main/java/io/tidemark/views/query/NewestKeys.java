package io.tidemark.views.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/** The first keys of those that were offered, up to a number. */
final class NewestKeys {
    private final int limit;
    private final PriorityQueue<EventKey> keys = new PriorityQueue<>(Collections.reverseOrder());

    NewestKeys(int limit) {
        this.limit = limit;
    }

    void offer(EventKey key) {
        if (keys.size() < limit) {
            keys.add(key);
        } else if (key.compareTo(keys.element()) < 0) {
            keys.remove();
            keys.add(key);
        }
    }

    boolean isFull() {
        return keys.size() == limit;
    }

    /** The last of them, if there are as many as wanted: what comes after it need not be offered. */
    boolean wants(long micros) {
        return !isFull() || micros >= keys.element().micros();
    }

    /** All of them, in order. */
    List<EventKey> sorted() {
        List<EventKey> sorted = new ArrayList<>(keys);
        Collections.sort(sorted);
        return sorted;
    }
}
