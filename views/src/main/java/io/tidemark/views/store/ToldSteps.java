package io.tidemark.views.store;

import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.DictionaryCodec;
import java.util.Map;
import java.util.Optional;

/** Puts steps that are made elsewhere into a store that serves them, and is its only writer. One thread. */
public final class ToldSteps {
    private final ViewStore store;
    private long liveFiles; // so far

    /** @param store newly made by {@link ViewStore#openReplica} */
    public ToldSteps(ViewStore store) {
        this.store = store;
    }

    /**
     * Takes the next entry of the dictionary, which is told before what speaks of it.
     *
     * @throws StateException if it is not the next one
     */
    public void learn(int dimension, int number, byte[] value) {
        try {
            DictionaryCodec.add(store.dictionary(), dimension, number, value);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Remedy.damaged("what was told of the dictionary does not follow what was known", e);
        }
    }

    /** Takes files of the first step that will be taken ahead of it, so that not all of them need be in memory. */
    public void stage(Map<FileKey, Optional<byte[]>> files) {
        if (store.last().isPresent()) {
            throw new IllegalStateException("a state is shown, which these are not of");
        }
        liveFiles += more(files);
        try (Batch batch = store.newBatch()) {
            put(files, batch);
            store.write(batch);
        }
    }

    /**
     * Takes a step, and shows it.
     *
     * @return empty if what was told does not add up to the state, since a later step has taken some of it away: nothing was
     *     taken, and the next step is to tell all of it again
     * @throws TooLargeException if the views would take too much of the heap; nothing was taken
     * @throws StateException if the store cannot be written
     */
    public Optional<Applied> take(ToldStep told) {
        ViewState before = store.last().map(Stored::state).orElse(null);
        Cube old = before == null ? Cube.empty() : before.cube();
        CubeDelta delta = told.from(old);
        Cube cube = old.plus(delta);
        long files = liveFiles + more(told.files());
        if (!told.addsUpTo(cube) || files != told.record().files()) {
            return Optional.empty();
        }
        store.requireRoom(cube);
        StateRecord record = told.record();
        boolean anew = before == null || !before.epoch().equals(record.epoch());
        try (Batch batch = store.newBatch()) {
            put(told.files(), batch);
            MetaTable.write(batch, record, anew || !told.metadata().equals(before.metadata()) ? told.metadata() : null);
            ViewState after = store.write(batch, record, told.metadata(), cube, told.commits());
            liveFiles = files;
            return Optional.of(new Applied(after, delta, anew));
        }
    }

    private long more(Map<FileKey, Optional<byte[]>> files) {
        long more = 0;
        for (Map.Entry<FileKey, Optional<byte[]>> file : files.entrySet()) {
            boolean was = store.database().has(Family.FILES, file.getKey().bytes());
            more += (file.getValue().isPresent() ? 1 : 0) - (was ? 1 : 0);
        }
        return more;
    }

    private static void put(Map<FileKey, Optional<byte[]>> files, Batch batch) {
        files.forEach((file, value) -> {
            if (value.isPresent()) {
                batch.put(Family.FILES, file.bytes(), value.get());
            } else {
                batch.delete(Family.FILES, file.bytes());
            }
        });
    }
}
