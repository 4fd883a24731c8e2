package io.tidemark.views.maintain;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Goes over the elements that pass a test, and knows some of them ahead: so that the number of files to be counted is known
 * early, without a list of a million.
 */
final class LookAhead<T> implements Iterator<T> {
    private final Iterator<T> source;
    private final Predicate<T> test;
    private final int most;
    private final Queue<T> known = new ArrayDeque<>();

    LookAhead(Iterator<T> source, Predicate<T> test, int most) {
        this.source = source;
        this.test = test;
        this.most = most;
    }

    @Override
    public boolean hasNext() {
        while (known.size() < most && source.hasNext()) {
            T next = source.next();
            if (test.test(next)) {
                known.add(next);
            }
        }
        return !known.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return known.remove();
    }
}
