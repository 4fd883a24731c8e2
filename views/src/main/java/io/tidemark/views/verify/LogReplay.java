package io.tidemark.views.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Lists the live files of tables of any reader version by replaying the log: the newest checkpoint at or before the version, and
 * each commit after it. Made for the recount alone; in nothing the service's way of reading a log.
 *
 * <p>Keeps all live files in memory, as every listing of a recount.
 */
final class LogReplay {
    static final String READER = "the recount's own replay of the log";

    private static final ObjectReader ACTIONS = new ObjectMapper().readerFor(JsonNode.class);

    private final Path table;
    private final Configuration conf;

    LogReplay(Path table, Configuration conf) {
        this.table = table;
        this.conf = conf;
    }

    /** @throws TableException if the log does not hold that version any more or yet, or cannot be understood */
    Listing at(long version) {
        try {
            LogFolder folder = LogFolder.list(table, conf);
            TableException first = null;
            for (Map.Entry<Long, List<List<Path>>> checkpoints :
                    folder.checkpoints().headMap(version, true).descendingMap().entrySet()) {
                for (List<Path> checkpoint : checkpoints.getValue()) {
                    try {
                        return replay(folder, checkpoint, checkpoints.getKey(), version);
                    } catch (TableException e) {
                        // Damaged, perhaps: the one before it, and the commits since, say the same.
                        first = first == null ? e : first;
                    }
                }
            }
            try {
                return replay(folder, List.of(), -1, version);
            } catch (TableException e) {
                throw first == null ? e : first;
            }
        } catch (IOException e) {
            throw new TableException(
                    "The recount cannot list the log: " + e.getClass().getSimpleName() + ".", e);
        }
    }

    private Listing replay(LogFolder folder, List<Path> checkpoint, long since, long version) {
        LiveFiles files = new LiveFiles(table);
        checkpoint.forEach(file -> checkpoint(file, files));
        for (long v = since + 1; v <= version; v++) {
            Path commit = folder.commits().get(v);
            if (commit == null) {
                throw new TableException("The log has no commit " + v + ", which version " + version + " needs.");
            }
            read(commit, files::take);
        }
        return files.listing(READER, version);
    }

    private void checkpoint(Path file, LiveFiles files) {
        List<String> sidecars = new ArrayList<>();
        read(file, action -> {
            files.take(action);
            if (action.hasNonNull("sidecar")) {
                sidecars.add(action.get("sidecar").path("path").asText());
            }
        });
        for (String sidecar : sidecars) {
            read(sidecar(sidecar), files::take);
        }
    }

    private Path sidecar(String name) {
        if (name.isEmpty() || name.contains("/") || name.contains("%")) {
            throw new TableException("A checkpoint has a sidecar by a name that is none; it was not opened.");
        }
        return new Path(new Path(new Path(table, LogFolder.NAME), LogFolder.SIDECARS), name);
    }

    private void read(Path file, Consumer<JsonNode> actions) {
        try {
            if (file.getName().endsWith(".parquet")) {
                CheckpointRows.read(TableInput.open(file, conf), actions);
            } else {
                lines(file, actions);
            }
        } catch (TableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new TableException(
                    "[" + LogFolder.NAME + "/" + file.getName() + "] The recount cannot read this file: "
                            + e.getClass().getSimpleName() + ".",
                    e);
        }
    }

    private void lines(Path file, Consumer<JsonNode> actions) throws IOException {
        try (InputStream in = file.getFileSystem(conf).open(file);
                MappingIterator<JsonNode> lines = ACTIONS.readValues(in)) {
            while (lines.hasNextValue()) {
                actions.accept(lines.nextValue());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
