package io.tidemark.views.verify;

import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.maintain.MaintainerStatistics;
import io.tidemark.views.maintain.ViewMaintainer;
import io.tidemark.views.store.ViewStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The views of any version that the table still has, built with the service's own code as it builds them at its first start: for
 * versions that no service is at.
 */
final class FreshViews {
    private FreshViews() {}

    /**
     * Builds them in a temporary folder, which is deleted again.
     *
     * @throws TableException if the table has no such version any more, or one of its files is gone
     */
    static Cells at(long version, String tableUri, VerifyOptions options) throws IOException {
        Path directory = Files.createTempDirectory("tidemark-verify-");
        try (ViewStore store = ViewStore.open(directory, options.spec(), tableUri)) {
            bring(store, version, options);
            return StateCells.of(store.state().orElseThrow());
        } finally {
            delete(directory);
        }
    }

    /** Makes a store's state that of a version. */
    static void bring(ViewStore store, long version, VerifyOptions options) {
        ScanningFileCounter counter = new ScanningFileCounter(options.spec(), options.scanner());
        try (TableSnapshot snapshot = options.log().snapshot(version);
                ViewMaintainer maintainer = new ViewMaintainer(
                        store, options.spec(), counter, options.threads(), List.of(), new MaintainerStatistics())) {
            maintainer.reconcile(snapshot, true);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
