package io.tidemark.web.alerts;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts of one table and what they say. Safe for use by many threads; changing it writes a file, so not for event loops.
 */
public final class AlertBoard {
    private static final Logger LOG = LoggerFactory.getLogger(AlertBoard.class);

    /** How many there may be. */
    public static final int MOST = 100;

    private final String table;
    private final AlertFile file;
    private final List<AlertSink> sinks = new CopyOnWriteArrayList<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long fired;
    private boolean unwritten;

    /** An alert, what it says, and what the facts came down to when it was measured. */
    private static final class Entry {
        private final Alert alert;
        private AlertStatus status;
        private Object essence; // of the one thread that looks

        Entry(Alert alert, AlertStatus status) {
            this.alert = alert;
            this.status = status;
        }
    }

    /** What became of an alert that was given. */
    public enum Outcome {
        CREATED,
        REPLACED,
        /** There are as many as there may be. */
        TOO_MANY
    }

    /** @param file where they are kept; empty: nowhere */
    public AlertBoard(String table, CubeSpec spec, Optional<Path> file) {
        this.table = table;
        this.file = new AlertFile(file, spec);
        this.file.read().forEach((name, kept) -> entries.put(name, new Entry(kept.alert(), kept.status())));
    }

    /** Adds one who is told. */
    public void tell(AlertSink sink) {
        sinks.add(sink);
    }

    /**
     * Takes an alert, in place of that of the same name. What another definition said is forgotten.
     *
     * @throws IOException if it could not be kept: nothing has changed then
     */
    public synchronized Outcome put(Alert alert) throws IOException {
        Entry before = entries.get(alert.name());
        if (before == null && entries.size() >= MOST) {
            return Outcome.TOO_MANY;
        }
        if (before != null && before.alert.equals(alert)) {
            return Outcome.REPLACED;
        }
        entries.put(alert.name(), new Entry(alert, AlertStatus.UNKNOWN));
        try {
            write();
        } catch (IOException e) {
            restore(alert.name(), before);
            throw e;
        }
        sinks.forEach(sink -> sink.changed(text(entries.get(alert.name()))));
        return before == null ? Outcome.CREATED : Outcome.REPLACED;
    }

    /**
     * Forgets an alert.
     *
     * @return false if there is none of this name
     * @throws IOException if that could not be kept: it is still there then
     */
    public synchronized boolean remove(String name) throws IOException {
        Entry before = entries.remove(name);
        if (before == null) {
            return false;
        }
        try {
            write();
        } catch (IOException e) {
            restore(name, before);
            throw e;
        }
        String gone = Json.object(json -> {
            json.writeStringField("name", name);
            json.writeStringField("state", "deleted");
        });
        sinks.forEach(sink -> sink.changed(gone));
        return true;
    }

    private void restore(String name, Entry before) {
        if (before == null) {
            entries.remove(name);
        } else {
            entries.put(name, before);
        }
    }

    /** Measures all, those with new facts anew, and tells of what came of it. One thread only. */
    void look(Facts facts) {
        List<Entry> all;
        synchronized (this) {
            all = List.copyOf(entries.values());
        }
        // Others need not wait for what is counted.
        List<Reading> readings =
                all.stream().map(entry -> reading(entry, facts)).toList();
        boolean turned = false;
        synchronized (this) {
            for (int i = 0; i < all.size(); i++) {
                Entry entry = all.get(i);
                if (entries.get(entry.alert.name()) == entry) {
                    turned |= take(entry, readings.get(i));
                }
            }
            if (turned || unwritten) {
                keepTurns();
            }
        }
    }

    /** @return true if it began to fire, or is all right again */
    private boolean take(Entry entry, Reading reading) {
        AlertStatus before = entry.status;
        entry.status = before.next(entry.alert.limit(), entry.alert.atLeast(), reading);
        if (before.phase() == entry.status.phase()) {
            return false;
        }
        String text = text(entry);
        sinks.forEach(sink -> sink.changed(text));
        if (!before.isFiring() && !entry.status.isFiring()) {
            return false;
        }
        fired += entry.status.isFiring() ? 1 : 0;
        LOG.info("[{}] Alert {}", table, AlertWords.of(entry.alert, entry.status));
        sinks.forEach(sink -> sink.turned(text));
        return true;
    }

    private Reading reading(Entry entry, Facts facts) {
        Object essence = entry.alert.measure().essence(facts);
        Reading last = lastOf(entry);
        if (last != null && Objects.equals(essence, entry.essence)) {
            return last.at(facts.now());
        }
        entry.essence = essence;
        return entry.alert.measure().read(facts);
    }

    private synchronized Reading lastOf(Entry entry) {
        return entry.status.last();
    }

    /** Where it fails, an alert may be told of twice after a restart, which is better than not at all. */
    private void keepTurns() {
        try {
            write();
        } catch (IOException e) {
            if (!unwritten) {
                LOG.warn("[{}] What alerts say could not be kept ({}); tried again", table, e.getMessage());
            }
            unwritten = true;
        }
    }

    private void write() throws IOException {
        file.write(entries.values().stream()
                .map(entry -> new AlertFile.Kept(entry.alert, entry.status))
                .toList());
        unwritten = false;
    }

    /** One of them as JSON, empty if there is none of this name. */
    public synchronized Optional<String> json(String name) {
        return Optional.ofNullable(entries.get(name)).map(AlertBoard::text);
    }

    /** Each as JSON, by name. */
    public synchronized List<String> json() {
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort((a, b) -> a.alert.name().compareTo(b.alert.name()));
        return sorted.stream().map(AlertBoard::text).toList();
    }

    private static String text(Entry entry) {
        return Json.object(json -> AlertJson.write(json, entry.alert, entry.status));
    }

    public synchronized int size() {
        return entries.size();
    }

    /** How many are firing now. */
    public synchronized long firing() {
        return entries.values().stream()
                .filter(entry -> entry.status.isFiring())
                .count();
    }

    /** How often one began to fire, since the process started. */
    public synchronized long fired() {
        return fired;
    }
}
