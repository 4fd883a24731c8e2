package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.EventFiles;
import java.util.List;
import java.util.stream.Stream;

/** What there is to choose from. */
public final class AllCases {
    private static final List<Case> USUAL = List.of(
            new CubeIngest(EventFiles.Form.SNAPPY),
            new CubeIngest(EventFiles.Form.ZSTD),
            new CubeIngest(EventFiles.Form.DELTA),
            new CubeIngest(EventFiles.Form.PLAIN),
            new FirstLoad(),
            new TinyFilesBacklog(),
            new CommitToSocket(),
            new FilteredPage(),
            new CsvExport(),
            new FilteredScan(),
            new Subscribers(),
            new Restart(),
            new WholePage());

    /** Those that take long, or are no race. */
    private static final List<Case> ASKED_FOR = List.of(
            new Loops(),
            new LoadFlame(),
            new Scale(),
            new Soak(),
            new Stuck(),
            new LakeCommits(),
            new LakeLoad(),
            new ClusterLatency(),
            new ClusterKills(),
            new ClusterScans(),
            new ClusterScale(),
            new BrowserCost(),
            new BrowserSoak());

    private AllCases() {}

    public static List<Case> all() {
        return Stream.concat(USUAL.stream(), ASKED_FOR.stream()).toList();
    }

    /** Those that run if none is named. */
    public static List<Case> usual() {
        return USUAL;
    }

    /** The case of this name, or all whose names begin with it and a hyphen. */
    public static List<Case> named(String name) {
        return all().stream()
                .filter(each -> each.name().equals(name) || each.name().startsWith(name + "-"))
                .toList();
    }
}
