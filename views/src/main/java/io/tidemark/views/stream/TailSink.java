package io.tidemark.views.stream;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.ingest.tail.CommitSink;
import io.tidemark.ingest.tail.Position;
import io.tidemark.ingest.tail.SinkLostException;
import io.tidemark.views.maintain.ColumnCheck;
import io.tidemark.views.maintain.CommitPlan;
import io.tidemark.views.store.CommitNote;
import io.tidemark.views.store.FileIdSet;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.store.StepEffect;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the commits of one table go in a cluster: to the scans, file by file, and to the merge. What may fail because of the table
 * is done before the first word of a step is said; what fails after it takes the whole transaction back.
 */
final class TailSink implements CommitSink {
    private final TableEntry entry;
    private final TailShelf shelf;
    private final TailVoice voice;
    private final ColumnCheck columns;

    TailSink(TableEntry entry, TailShelf shelf, TailVoice voice) {
        this.entry = entry;
        this.shelf = shelf;
        this.voice = voice;
        this.columns = new ColumnCheck(entry.spec());
    }

    @Override
    public Optional<Position> position() {
        return shelf.cursor().position();
    }

    @Override
    public void apply(List<Commit> commits) {
        Optional<Halt> gone = new Lead(shelf).blockedByMissingFile();
        if (gone.isPresent()) {
            // To go on commit by commit does not help; a snapshot may, in which the file is live no longer.
            throw new MissingDataFileException(gone.get().reason(), null);
        }
        Cursor before = shelf.cursor();
        CommitPlan plan = CommitPlan.of(
                commits, before.metadata(), before.files(), file -> shelf.isLive(FileKey.of(file)), columns);
        Commit last = commits.get(commits.size() - 1);
        StepEffect.Kind kind = commits.size() == 1 ? StepEffect.Kind.COMMIT : StepEffect.Kind.GROUP;
        List<CommitNote> notes = commits.stream().map(CommitNote::of).toList();
        wholly(() -> {
            TailStep step = new TailStep(shelf, voice, entry, before, plan.metadata());
            plan.leaving().forEach(file -> step.remove(FileKey.of(file)));
            plan.entering().forEach(step::add);
            Position position = new Position(plan.metadata().id(), last.version(), last.fingerprint());
            step.end(position, epoch(false), kind, notes);
        });
    }

    @Override
    public void reconcile(TableSnapshot snapshot, boolean newEpoch) {
        Cursor before = shelf.cursor();
        TableMetadata metadata = snapshot.metadata();
        boolean anew = columns.isAnew(before.metadata(), snapshot, newEpoch, file -> shelf.isLive(FileKey.of(file)));
        // Read once to the end before anything is said: what cannot be read is found out now.
        FileIdSet files = new FileIdSet();
        for (Iterator<DataFile> all = snapshot.files(); all.hasNext(); ) {
            files.add(all.next().id());
        }
        List<FileKey> leaving = new ArrayList<>();
        shelf.forEachLive(file -> {
            if (anew || !files.contains(file)) {
                leaving.add(file);
            }
        });
        wholly(() -> {
            TailStep step = new TailStep(shelf, voice, entry, before, metadata);
            leaving.forEach(step::remove);
            for (Iterator<DataFile> all = snapshot.files(); all.hasNext(); ) {
                DataFile file = all.next();
                if (!shelf.isLive(FileKey.of(file.id()))) {
                    step.add(file);
                }
            }
            CommitNote note = CommitNote.ofSnapshot(snapshot.version(), snapshot.committedAt());
            Position position = new Position(metadata.id(), snapshot.version(), snapshot.fingerprint());
            step.end(position, epoch(newEpoch), StepEffect.Kind.SNAPSHOT, List.of(note));
        });
    }

    private Optional<String> epoch(boolean newEpoch) {
        return newEpoch || position().isEmpty() ? Optional.of(UUID.randomUUID().toString()) : Optional.empty();
    }

    /** A step of which a part was said must not be committed. */
    private static void wholly(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            throw new SinkLostException(e);
        }
    }
}
