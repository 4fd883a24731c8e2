package io.tidemark.views.stream;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.store.CommitNote;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.store.StepEffect;
import io.tidemark.views.stream.FileWord.Change;
import io.tidemark.views.stream.FileWord.Terms;
import java.util.List;
import java.util.Optional;

/** Says one step, file by file, and keeps which files are live after it. Nothing of it may fail but Kafka itself. */
final class TailStep {
    private final TailShelf shelf;
    private final TailVoice voice;
    private final TableRef table;
    private final Cursor before;
    private final TableMetadata metadata;
    private final int terms;
    private final int dimensions;
    private long changes;
    private long files;

    /** @param metadata after the step, and what its files are read under */
    TailStep(TailShelf shelf, TailVoice voice, TableEntry entry, Cursor before, TableMetadata metadata) {
        this.shelf = shelf;
        this.voice = voice;
        this.table = entry.ref();
        this.before = before;
        this.metadata = metadata;
        this.files = before.files();
        this.dimensions = entry.spec().dimensions().size();
        boolean same = before.metadata().filter(metadata::equals).isPresent();
        this.terms = before.terms() + (same ? 0 : 1);
        if (!same) {
            voice.say(new Terms(entry, terms, metadata));
        }
    }

    void remove(FileKey file) {
        shelf.setLive(file, false);
        files--;
        voice.say(new Change(table, before.steps(), changes++, terms, file, Optional.empty()));
    }

    void add(DataFile file) {
        FileKey key = FileKey.of(file.id());
        shelf.setLive(key, true);
        files++;
        voice.say(new Change(table, before.steps(), changes++, terms, key, Optional.of(file)));
    }

    /** Says that this was all. */
    void end(Position position, Optional<String> epoch, StepEffect.Kind kind, List<CommitNote> notes) {
        Optional<TableMetadata> changed = terms == before.terms() ? Optional.empty() : Optional.of(metadata);
        StepHead head = new StepHead(changes, dimensions, position, changed, epoch, kind, notes);
        voice.say(new Piece.Head(table, before.steps(), head));
        shelf.setCursor(new Cursor(before.steps() + 1, Optional.of(position), Optional.of(metadata), terms, files));
    }
}
