package io.tidemark.views.store;

import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.Footprint;
import java.util.Locale;

/**
 * How much of the heap the views may take: half of it for good, and together with a step that is being made two thirds. The
 * rest is for scans, answers and the live socket. Both are held against estimates ({@link Footprint}): a table that does not fit
 * is refused with a reason before the heap is full.
 */
final class HeapShare {
    private final CubeSpec spec;
    private final long heap;

    /** @param heap bytes of the whole heap */
    HeapShare(CubeSpec spec, long heap) {
        this.spec = spec;
        this.heap = heap;
    }

    /** Bytes that the views may take for good. */
    long most() {
        return heap / 2;
    }

    /**
     * To be asked while a step is being summed up.
     *
     * @param before the cube that the step goes on from
     * @param next file that it is about to take; null: none
     * @throws TooLargeException if the step would take too much
     */
    void requireStep(Dictionary dictionary, Cube before, CubeDelta.Builder step, FileCounts next) {
        Footprint footprint = Footprint.of(dictionary, before).plus(step);
        long hours = before.size() + (long) step.hours();
        if (next != null) {
            footprint = footprint.plus(next);
            hours += next.differentHours();
        }
        long most = heap / 3 * 2;
        if (footprint.total() <= most) {
            return;
        }
        String found = "What comes next takes more than the " + mib(most)
                + " that views and a step may take of the heap of " + mib(heap) + ": ";
        throw new TooLargeException(found + largest(footprint, dictionary, hours));
    }

    /**
     * To be asked before a step is stored.
     *
     * @throws TooLargeException if the views would take too much after it
     */
    void requireViews(Dictionary dictionary, Cube after) {
        requireViews(dictionary, Footprint.of(dictionary, after), after.size());
    }

    /** As above, while a state is loaded. */
    void requireLoaded(Dictionary dictionary, int hours, long cells) {
        requireViews(dictionary, Footprint.of(dictionary, hours, cells), hours);
    }

    private void requireViews(Dictionary dictionary, Footprint footprint, int hours) {
        if (footprint.total() > most()) {
            throw new TooLargeException("The views would take " + mib(footprint.total()) + ", more than the "
                    + mib(most()) + " that they may take of the heap of " + mib(heap) + ": "
                    + largest(footprint, dictionary, hours));
        }
    }

    /** The part that takes most, and what to do about it. */
    private String largest(Footprint footprint, Dictionary dictionary, long hours) {
        int d = -1;
        for (int i = 0; i < footprint.dimensions().size(); i++) {
            if (d < 0 || dictionary.values(i) > dictionary.values(d)) {
                d = i;
            }
        }
        long rest = footprint.total() - footprint.hours();
        if (d < 0 || footprint.hours() > rest) {
            return "column '" + spec.timeColumn().orElse("") + "' would have some " + number(hours)
                    + " different hours. Correct the times in the table, or give the JVM more heap (-Xmx).";
        }
        String name = spec.dimensions().get(d).name();
        return "dimension '" + name + "' (column '" + spec.dimensions().get(d).column() + "') would have at least "
                + number(dictionary.values(d) - 1L) + " values, all dimensions together "
                + number(dictionary.combinations()) + " combinations. Give the JVM more heap (-Xmx), or take '" + name
                + "' out of TIDEMARK_DIMENSIONS and start with an empty state directory.";
    }

    private static String mib(long bytes) {
        return number(bytes >> 20) + " MiB";
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
