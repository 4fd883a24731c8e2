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
 * The files of a version by their newest hours, latest first; those without any time last. Some thousand are held at a time,
 * and the list is gone through again for more.
 */
final class NewestFiles implements Iterator<LiveFile> {
    private static final int AT_A_TIME = 4096;

    private static final Comparator<LiveFile> NEWEST_FIRST = Comparator.comparingLong(LiveFile::lastHour)
            .reversed()
            .thenComparing(file -> file.file().path());

    private final VersionFiles files;
    private final Predicate<LiveFile> wanted;
    private Iterator<LiveFile> some = List.<LiveFile>of().iterator();
    private LiveFile last;
    private boolean more = true;

    /** @param wanted files to be gone through at all */
    NewestFiles(VersionFiles files, Predicate<LiveFile> wanted) {
        this.files = files;
        this.wanted = wanted;
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
        PriorityQueue<LiveFile> first = new PriorityQueue<>(NEWEST_FIRST.reversed());
        files.forEach(file -> {
            if (wanted.test(file) && (after == null || NEWEST_FIRST.compare(file, after) > 0)) {
                first.add(file);
                if (first.size() > AT_A_TIME) {
                    first.remove();
                }
            }
        });
        List<LiveFile> sorted = new ArrayList<>(first);
        sorted.sort(NEWEST_FIRST);
        more = sorted.size() == AT_A_TIME;
        some = sorted.iterator();
    }
}
