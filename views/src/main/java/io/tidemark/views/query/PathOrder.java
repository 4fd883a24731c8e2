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
 * The files of a version by their paths: an order that is the same whenever, and from wherever, the version is read. Some ten
 * thousand are held at a time, and the list is gone through again for more.
 */
final class PathOrder implements Iterator<LiveFile> {
    static final int AT_A_TIME = 32_768;

    private static final Comparator<LiveFile> BY_PATH =
            Comparator.comparing(file -> file.file().path());

    private final VersionFiles files;
    private final Predicate<LiveFile> wanted;
    private final int atATime;
    private Iterator<LiveFile> some = List.<LiveFile>of().iterator();
    private LiveFile last;
    private boolean more = true;

    /** @param wanted files to be gone through at all; may throw, to end the walk */
    PathOrder(VersionFiles files, Predicate<LiveFile> wanted, int atATime) {
        this.files = files;
        this.wanted = wanted;
        this.atATime = atATime;
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
        PriorityQueue<LiveFile> first = new PriorityQueue<>(BY_PATH.reversed());
        files.forEach(file -> {
            if (wanted.test(file) && (after == null || BY_PATH.compare(file, after) > 0)) {
                first.add(file);
                if (first.size() > atATime) {
                    first.remove();
                }
            }
        });
        List<LiveFile> sorted = new ArrayList<>(first);
        sorted.sort(BY_PATH);
        more = sorted.size() == atATime;
        some = sorted.iterator();
    }
}
