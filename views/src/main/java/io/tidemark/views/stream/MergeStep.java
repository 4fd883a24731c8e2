package io.tidemark.views.stream;

import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.DictionaryCodec;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.cube.HourBlockCodec;
import io.tidemark.views.store.CommitEntry;
import io.tidemark.views.store.CommitEntryCodec;
import io.tidemark.views.store.CommitHistory;
import io.tidemark.views.store.CommitNote;
import io.tidemark.views.store.MetadataCodec;
import io.tidemark.views.store.StateRecord;
import io.tidemark.views.store.StepAccount;
import io.tidemark.views.store.StepEffect;
import io.tidemark.views.store.Totals;
import io.tidemark.views.stream.CubeKey.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Makes one step of the views out of one step of the tail, or of several that belong together: changes what is kept, and says what
 * is there after it, the version record last.
 */
final class MergeStep {
    private final TableRef table;
    private final MergeShelf shelf;
    private final Dictionary dictionary;
    private final BiConsumer<CubeKey, byte[]> cube;

    /** @param cube takes the records of the topic; a value of null deletes */
    MergeStep(TableRef table, MergeShelf shelf, Dictionary dictionary, BiConsumer<CubeKey, byte[]> cube) {
        this.table = table;
        this.shelf = shelf;
        this.dictionary = dictionary;
        this.cube = cube;
    }

    /**
     * @param heads of the steps, in order
     * @param sum of their files
     * @param words number of values by dimension before the files were summed, and of combinations
     * @throws IllegalStateException if more would be taken back than there is; nothing was said then
     */
    void take(List<StepHead> heads, StepSum sum, Known words, Instant now) {
        Optional<StateRecord> before = shelf.record();
        CubeDelta cells = sum.cells();
        TreeMap<Long, byte[]> hours = new TreeMap<>();
        long blocks = before.map(StateRecord::hours).orElse(0L);
        for (HourBlock change : cells.blocks()) {
            Optional<HourBlock> stored = shelf.hour(change.hour());
            HourBlock block = stored.map(change::plus).orElse(change);
            if (!block.isPositive()) {
                throw new IllegalStateException("more rows would be taken back than there are");
            }
            blocks += (block.size() > 0 ? 1 : 0) - (stored.isPresent() ? 1 : 0);
            hours.put(change.hour(), block.size() > 0 ? HourBlockCodec.encode(block) : null);
        }
        long rows = Math.addExact(before.map(StateRecord::rows).orElse(0L), cells.rows());
        Totals old =
                before.map(r -> new Totals(r.distinct(), r.files(), r.bytes())).orElse(Totals.NONE);
        old.plus(0, sum.added(), sum.removed());
        sum.writeDistinct();
        Totals totals = old.plus(sum.moreDistinct(), sum.added(), sum.removed());
        StepHead last = heads.get(heads.size() - 1);
        Optional<String> epoch =
                heads.stream().flatMap(head -> head.epoch().stream()).reduce((a, b) -> b);
        Position position = last.position();
        StateRecord record = new StateRecord(
                position,
                epoch.or(() -> before.map(StateRecord::epoch)).orElseThrow(),
                last.notes().get(last.notes().size() - 1).committedAt(),
                now,
                totals.distinct(),
                totals.files(),
                totals.bytes(),
                blocks,
                rows);
        say(words);
        hours.forEach((hour, block) -> {
            shelf.setHour(hour, block);
            cube.accept(CubeKey.hour(table, hour), block);
        });
        sum.files().forEach((file, value) -> cube.accept(CubeKey.file(table, file), value.orElse(null)));
        sayHistory(heads, sum, cells, before, record, epoch.isPresent());
        heads.stream()
                .flatMap(head -> head.metadata().stream())
                .reduce((a, b) -> b)
                .ifPresent(metadata -> {
                    shelf.setMetadata(metadata);
                    cube.accept(CubeKey.of(Kind.METADATA, table), MetadataCodec.encode(metadata));
                });
        shelf.setRecord(record);
        cube.accept(CubeKey.of(Kind.VERSION, table), record.encode());
    }

    /** How much of a dictionary is said already. */
    record Known(int[] values, int combinations) {
        static Known of(Dictionary dictionary, int dimensions) {
            int[] values = new int[dimensions];
            for (int d = 0; d < dimensions; d++) {
                values[d] = dictionary.values(d);
            }
            return new Known(values, dictionary.combinations());
        }
    }

    private void say(Known words) {
        DictionaryCodec.since(words.values(), words.combinations(), dictionary.view(), (dimension, number, value) -> {
            shelf.addWord(dimension, number, value);
            cube.accept(CubeKey.word(table, dimension, number), value);
        });
    }

    private void sayHistory(
            List<StepHead> heads,
            StepSum sum,
            CubeDelta cells,
            Optional<StateRecord> before,
            StateRecord record,
            boolean anew) {
        CommitHistory earlier = shelf.commits();
        List<CommitEntry> entries = StepAccount.entries(
                before.orElse(null),
                cells,
                sum.added(),
                sum.removed(),
                record,
                kind(heads),
                notes(heads),
                anew,
                dictionary);
        CommitHistory after = (anew ? CommitHistory.NONE : earlier).plus(entries);
        after.since(earlier, entries, anew, new CommitHistory.Changes() {
            @Override
            public void put(CommitEntry entry) {
                say(entry.note().version(), CommitEntryCodec.encode(entry));
            }

            @Override
            public void delete(CommitEntry entry) {
                say(entry.note().version(), null);
            }

            private void say(long version, byte[] value) {
                shelf.setCommit(version, value);
                cube.accept(CubeKey.commit(table, version), value);
            }
        });
    }

    private static StepEffect.Kind kind(List<StepHead> heads) {
        if (heads.stream().anyMatch(head -> head.kind() == StepEffect.Kind.SNAPSHOT)) {
            return StepEffect.Kind.SNAPSHOT;
        }
        return heads.size() == 1 ? heads.get(0).kind() : StepEffect.Kind.GROUP;
    }

    /** Of all versions since the last epoch began, which is the only history that is told. */
    private static List<CommitNote> notes(List<StepHead> heads) {
        List<CommitNote> notes = new ArrayList<>();
        for (StepHead head : heads) {
            if (head.epoch().isPresent()) {
                notes.clear();
            }
            notes.addAll(head.notes());
        }
        return notes;
    }
}
