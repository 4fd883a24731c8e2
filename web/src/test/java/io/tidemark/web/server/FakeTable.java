package io.tidemark.web.server;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.quality.FindingBoard;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.config.Columns;
import io.tidemark.web.engine.Activity;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.engine.Progress;
import io.tidemark.web.engine.TableListener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** A table whose commits a test makes by hand, counted by the real cube. Steps are made on one thread at a time. */
class FakeTable implements LiveTable {
    static final CubeSpec SPEC =
            Columns.parse("timestamp", "channel,type=event_type,platform,category=event_category", "session_id");

    private static final Instant BASE = Instant.parse("2026-01-01T12:00:00Z");

    private final String name;
    private final CubeSpec spec;
    private final List<TableListener> listeners = new CopyOnWriteArrayList<>();
    private final FindingBoard findings = new FindingBoard();
    private final Dictionary dictionary;
    private ServedLimits limits = ServedLimits.DEFAULT;
    private Path folder;
    private Cube cube = Cube.empty();
    private long files;
    private String epoch = "epoch-1";
    private List<String> columns =
            new ArrayList<>(List.of("timestamp", "channel", "event_type", "platform", "event_category", "session_id"));
    private volatile ViewState state;
    private volatile TailStatus status = new TailStatus(TailState.WAITING, Optional.empty(), -1, Optional.empty());

    FakeTable(String name, CubeSpec spec) {
        this.name = name;
        this.spec = spec;
        this.dictionary = new Dictionary(spec.dimensions().size());
    }

    /** A table with the default columns. */
    static FakeTable create() {
        return new FakeTable("events", SPEC);
    }

    /** Before it is served. */
    FakeTable limits(ServedLimits served) {
        limits = served;
        return this;
    }

    @Override
    public ServedLimits limits() {
        return limits;
    }

    /** Before it is served. */
    FakeTable folder(Path own) {
        folder = own;
        return this;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    void columns(String... names) {
        columns = List.of(names);
    }

    Contribution file(FileCounts counts) {
        return dictionary.intern(counts, 1000);
    }

    /** A file of rows that are alike. */
    Contribution file(long hour, long rows, String... values) {
        return file(Rows.alike(hour, rows, values));
    }

    /** Commits: the next version, with these files more and those less. */
    ViewState commit(List<Contribution> added, List<Contribution> removed) {
        return commit(added, removed, false);
    }

    ViewState add(Contribution... added) {
        return commit(List.of(added), List.of());
    }

    /** Another history: the version begins anew. */
    ViewState recreate(String newEpoch, Contribution... added) {
        epoch = newEpoch;
        cube = Cube.empty();
        files = 0;
        return commit(List.of(added), List.of(), true);
    }

    private ViewState commit(List<Contribution> added, List<Contribution> removed, boolean newEpoch) {
        CubeDelta.Builder builder = new CubeDelta.Builder();
        added.forEach(builder::add);
        removed.forEach(builder::subtract);
        CubeDelta delta = builder.build();
        cube = cube.plus(delta);
        files += added.size() - removed.size();
        long version = state == null || newEpoch ? 0 : state.version() + 1;
        Combinations combinations = dictionary.view();
        state = new ViewState(
                spec,
                metadata(),
                epoch,
                version,
                BASE.plusSeconds(version),
                BASE.plusSeconds(version).plusMillis(12),
                cube,
                combinations,
                cube.rows() / 2,
                files,
                files * 1000);
        status(TailState.LIVE, null);
        Applied step = new Applied(state, delta, newEpoch || version == 0);
        listeners.forEach(listener -> listener.onStep(step));
        return state;
    }

    void status(TailState tail, String reason) {
        long version = state == null ? -1 : state.version();
        status = new TailStatus(tail, Optional.ofNullable(reason), version, Optional.of(Instant.now()));
        listeners.forEach(listener -> listener.onStatus(status));
    }

    private TableMetadata metadata() {
        return new TableMetadata(
                "table-id",
                "{}",
                columns.stream()
                        .map(c -> new Column(c, c, OptionalInt.empty(), ColumnType.STRING, "string"))
                        .toList(),
                List.of(),
                Map.of(),
                false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String uri() {
        return "s3://bucket/" + name;
    }

    @Override
    public CubeSpec spec() {
        return spec;
    }

    @Override
    public Optional<ViewState> state() {
        return Optional.ofNullable(state);
    }

    @Override
    public TailStatus status() {
        return status;
    }

    @Override
    public Progress progress() {
        return new Progress(files, files, 0);
    }

    @Override
    public Activity activity() {
        return new Activity(3, 3, 3, 3, 0, 0, 4, 5, 6, Optional.empty(), Optional.empty());
    }

    @Override
    public FindingBoard findings() {
        return findings;
    }

    @Override
    public long storeBytes() {
        return 4096;
    }

    @Override
    public void listen(TableListener listener) {
        listeners.add(listener);
    }
}
