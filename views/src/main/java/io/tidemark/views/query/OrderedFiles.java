package io.tidemark.views.query;

import io.tidemark.views.store.LiveFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The files of a version in an order, of which some are held at a time: the list is gone through again for more.
 */
final class OrderedFiles implements Iterator<LiveFile> {
    private static final int NEWEST_AT_A_TIME = 4096;
    private static final int BY_PATH_AT_A_TIME = 32_768;

    private static final Comparator<LiveFile> BY_PATH =
            Comparator.comparing(file -> file.file().path());
    private static final Comparator<LiveFile> NEWEST_FIRST =
            Comparator.comparingLong(LiveFile::lastHour).reversed().thenComparing(BY_PATH);

    private final VersionFiles files;
    private final Predicate<LiveFile> wanted;
    private final Comparator<LiveFile> order;
    private final int atATime;
    private Iterator<LiveFile> some = List.<LiveFile>of().iterator();
    private LiveFile last;
    private boolean more = true;

    private OrderedFiles(VersionFiles files, Predicate<LiveFile> wanted, Comparator<LiveFile> order, int atATime) {
        this.files = files;
        this.wanted = wanted;
        this.order = order;
        this.atATime = atATime;
    }

    /**
     * By their newest hours, latest first; those without any time last.
     *
     * @param wanted files to be gone through at all; may throw, to end the walk
     */
    static OrderedFiles newestFirst(VersionFiles files, Predicate<LiveFile> wanted) {
        return new OrderedFiles(files, wanted, NEWEST_FIRST, NEWEST_AT_A_TIME);
    }

    /**
     * By their paths: the same whenever, and from wherever, the version is read.
     *
     * @param wanted files to be gone through at all; may throw, to end the walk
     */
    static OrderedFiles byPath(VersionFiles files, Predicate<LiveFile> wanted) {
        return new OrderedFiles(files, wanted, BY_PATH, BY_PATH_AT_A_TIME);
    }

    @Override
    public boolean hasNext() {
        if (!some.hasNext() && more) {
            load();
        }
        return some.hasNext();
    }

    @Override
    public LiveFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        last = some.next();
        return last;
    }

    private void load() {
        LiveFile after = last;
        PriorityQueue<LiveFile> first = new PriorityQueue<>(order.reversed());
        files.forEach(file -> {
            if (wanted.test(file) && (after == null || order.compare(file, after) > 0)) {
                first.add(file);
                if (first.size() > atATime) {
                    first.remove();
                }
            }
        });
        List<LiveFile> sorted = new ArrayList<>(first);
        sorted.sort(order);
        more = sorted.size() == atATime;
        some = sorted.iterator();
    }
}
