package io.tidemark.views.stream;

import java.util.Optional;

/** How far the tail is ahead of the merge, and whether it may run further: so that what is under way is bounded. */
final class Lead {
    /** Steps that were said and not taken yet. */
    private static final long MOST = 32;
    /** Beyond that, where a step may bring the merge on that waits for a file which is gone. */
    private static final long MOST_WHEN_BLOCKED = 48;

    private final TailShelf shelf;

    Lead(TailShelf shelf) {
        this.shelf = shelf;
    }

    boolean mayRun() {
        return steps() < MOST || (blockedByMissingFile().isPresent() && steps() < MOST_WHEN_BLOCKED);
    }

    /** The reason why no step would be taken however many more were said; empty if there is none. */
    Optional<Halt> blockedByMissingFile() {
        return steps() < MOST
                ? Optional.empty()
                : shelf.progress().flatMap(Progress::halt).filter(Halt::gone);
    }

    private long steps() {
        return shelf.cursor().steps() - 1 - shelf.progress().map(Progress::step).orElse(-1L);
    }
}
