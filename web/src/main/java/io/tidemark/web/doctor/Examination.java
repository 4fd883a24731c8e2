package io.tidemark.web.doctor;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is looked at, in the order in which a service needs it. For one use. */
public final class Examination {
    private final List<Line> lines = new ArrayList<>();
    private final Instant now = Clock.systemUTC().instant();
    private boolean serviceIsThere;

    public void add(Line line) {
        lines.add(line);
    }

    /** Who will be let in, by what the server proves itself, and where data files are kept. */
    public void access(ServeConfig config) {
        lines.addAll(AccessExam.of(config.access(), config.tls(), now));
        config.cache().ifPresent(cache -> add(StateExam.writable("cache", cache.dir(), "--cache-dir")));
    }

    /** @param clustered true if the state is Kafka's, and the directory only this instance's share of it */
    public void table(ServeConfig config, TableAddress table, TableFiles files, boolean clustered) {
        TableExam exam = TableExam.of(
                files,
                config.spec(),
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors(),
                now);
        lines.addAll(exam.lines());
        Path directory = config.stateDirOf(table);
        if (clustered) {
            add(StateExam.writable("state", directory, "--state-dir"));
            return;
        }
        long needed = exam.files()
                .map(tally -> FileRules.stateBytes(tally, config.spec()))
                .orElse(0L);
        StateExam state = StateExam.of(directory, config.spec(), files.root().toString(), needed);
        lines.addAll(state.lines());
        serviceIsThere |= state.inUse();
    }

    /** After the tables: a port that is taken may be that of the service that is at work on their states. */
    public void machine(ServeConfig config) {
        add(HostExam.port(config.host(), config.port(), serviceIsThere));
        add(HostExam.openFiles((long) config.limits().counts().sockets().inAll()
                * config.tables().size()));
    }

    public Report report() {
        return new Report(lines);
    }
}
