package io.tidemark.views.store;

import io.tidemark.views.store.DatabaseSnapshot.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A snapshot of the database that is of the same step as a state. */
final class Pin implements PinnedFiles {
    private static final int AT_A_TIME = 256;
    private static final byte[] FIRST = {};

    private final DatabaseSnapshot snapshot;
    private final ViewState state;

    Pin(DatabaseSnapshot snapshot, ViewState state) {
        this.snapshot = snapshot;
        this.state = state;
    }

    @Override
    public ViewState state() {
        return state;
    }

    @Override
    public void forEach(Consumer<LiveFile> visitor) {
        boolean ahead = !snapshot.entries(Family.AHEAD, FIRST, 1).isEmpty();
        long live = 0;
        List<Entry> some = snapshot.entries(Family.FILES, FIRST, AT_A_TIME);
        while (!some.isEmpty()) {
            for (Entry entry : some) {
                if (!ahead || snapshot.get(Family.AHEAD, entry.key()) == null) {
                    live++;
                    visitor.accept(decode(entry));
                }
            }
            byte[] last = some.get(some.size() - 1).key();
            some = snapshot.entries(Family.FILES, Arrays.copyOf(last, last.length + 1), AT_A_TIME);
        }
        if (live != state.files()) {
            throw Remedy.damaged("there are " + live + " live files where " + state.files() + " were stored");
        }
    }

    private static LiveFile decode(Entry entry) {
        LiveFile file;
        try {
            file = LiveFileCodec.decode(entry.value());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Remedy.damaged("the entry of a live file cannot be read", e);
        }
        if (!Arrays.equals(FileKey.of(file.file().id()).bytes(), entry.key())) {
            throw Remedy.damaged("a live file is stored under the key of another");
        }
        return file;
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
