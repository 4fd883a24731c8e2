package io.tidemark.views.stream;

import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.stream.CubeKey.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The merge of one table: takes its steps in order, each once, when everything of it has come. */
final class MergeTable {
    private final TableRef table;
    private final MergeShelf shelf;
    private final PendingShelf pending;
    private final BiConsumer<CubeKey, byte[]> cube;

    private Dictionary dictionary; // null: not loaded
    private long taken;
    private Optional<Halt> halt = Optional.empty();

    /** @param cube takes the records of the topic; a value of null deletes */
    MergeTable(KeyValueStore<Bytes, byte[]> store, TableRef table, BiConsumer<CubeKey, byte[]> cube) {
        this.table = table;
        this.shelf = new MergeShelf(store, table);
        this.pending = new PendingShelf(store, table);
        this.cube = cube;
        this.taken = shelf.taken();
        this.halt = pending.halt(taken + 1);
    }

    Progress progress() {
        return new Progress(table, taken, halt);
    }

    /**
     * Hears a piece, and takes what steps are whole now.
     *
     * @return true if {@link #progress} is another one
     */
    boolean hear(Piece piece, Instant now) {
        if (!keep(piece)) {
            return false;
        }
        boolean any = false;
        Optional<Halt> why = Optional.empty();
        List<StepHead> next = next();
        while (!next.isEmpty() && why.isEmpty()) {
            why = take(next, now);
            any |= why.isEmpty();
            next = next();
        }
        return say(why.or(() -> pending.halt(taken + 1))) || any;
    }

    /** False if it is of a step that was taken already. */
    private boolean keep(Piece piece) {
        if (piece instanceof Piece.Head head && head.step() > taken) {
            pending.add(head);
        } else if (piece instanceof Piece.Share share && share.step() > taken) {
            pending.add(share);
        } else if (piece instanceof Piece.Blank blank && blank.step() > taken) {
            pending.add(blank);
        } else if (piece instanceof Piece.Failure failure && failure.step() > taken) {
            pending.add(failure);
        } else {
            return false;
        }
        return true;
    }

    /** The next step, or those that may only be shown together; none if something of them has not come. */
    private List<StepHead> next() {
        List<StepHead> heads = new ArrayList<>();
        long last = taken + 1;
        for (long step = taken + 1; step <= last; step++) {
            Optional<StepHead> head = pending.whole(step);
            if (head.isEmpty()) {
                return List.of();
            }
            heads.add(head.get());
            last = Math.max(last, pending.until(step));
        }
        return heads;
    }

    /** @return why they cannot be taken; empty if they were */
    private Optional<Halt> take(List<StepHead> heads, Instant now) {
        int dimensions = heads.get(0).dimensions();
        if (dictionary == null) {
            dictionary = shelf.dictionary(dimensions);
        }
        MergeStep.Known known = MergeStep.Known.of(dictionary, dimensions);
        StepSum sum = new StepSum(shelf, dictionary);
        long last = taken + heads.size();
        try {
            for (long step = taken + 1; step <= last; step++) {
                pending.forEachShare(step, sum::take);
            }
            new MergeStep(table, shelf, dictionary, cube).take(heads, sum, known, now);
        } catch (IllegalStateException | IllegalArgumentException | ArithmeticException e) {
            if (sum.wrote()) {
                throw e;
            }
            dictionary = null; // It has learned from a step that was not taken.
            return Optional.of(
                    new Halt(false, "The views do not fit the table: " + e.getMessage() + ". " + Remedies.RESET));
        }
        for (long step = taken + 1; step <= last; step++) {
            pending.delete(step);
        }
        taken = last;
        shelf.setTaken(taken);
        return Optional.empty();
    }

    private boolean say(Optional<Halt> now) {
        if (now.equals(halt)) {
            return false;
        }
        halt = now;
        cube.accept(CubeKey.of(Kind.HALT, table), now.map(Halt::encode).orElse(null));
        return true;
    }

    /** Forgets the table, here and in every replica. */
    void clear() {
        shelf.clear();
        pending.clear();
        for (Kind kind : new Kind[] {Kind.VERSION, Kind.METADATA, Kind.STATUS, Kind.HALT}) {
            cube.accept(CubeKey.of(kind, table), null);
        }
    }
}
