package io.tidemark.views.verify;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.CubeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Counts every live row of a table at one version into every view.
 *
 * <p>Memory: a map entry for each group of each view and thread, the list of files, and {@link DistinctSet}.
 */
final class Recount {
    private static final long REPORT_NANOS = 5_000_000_000L;

    private final VerifyOptions options;
    private final CubeSpec spec;
    private final Consumer<String> console;

    Recount(VerifyOptions options, Consumer<String> console) {
        this.options = options;
        this.spec = options.spec();
        this.console = console;
    }

    /**
     * What the table holds.
     *
     * @param withVectors files with a deletion vector, whose rows it takes away
     */
    record Result(Listing listing, CountedColumns columns, Cells cells, long rows, long withVectors) {}

    /** @throws TableException if the version or one of its files cannot be read */
    Result at(long version) {
        Listing listing = Listings.at(options.root(), options.conf(), options.log(), version);
        List<DataFile> files = listing.files();
        console.accept(String.format(
                Locale.ROOT,
                "Recounting version %d: %,d files, listed by %s",
                version,
                files.size(),
                listing.reader()));
        CountedColumns columns = CountedColumns.of(spec, listing.metadata());
        DistinctSet distinct = new DistinctSet();
        Tally tally = countAll(files, columns, distinct);
        long withVectors =
                files.stream().filter(file -> file.deletionVector().isPresent()).count();
        return new Result(listing, columns, tally.cells(distinct), tally.rows(), withVectors);
    }

    private Tally countAll(List<DataFile> files, CountedColumns columns, DistinctSet distinct) {
        RowReader rows = new RowReader(options.root(), options.conf(), spec, columns);
        AtomicInteger next = new AtomicInteger();
        Callable<Tally> worker = () -> {
            Tally tally = new Tally(spec);
            for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                rows.read(files.get(i), tally, distinct);
            }
            return tally;
        };
        ExecutorService threads = Executors.newFixedThreadPool(options.threads());
        try {
            List<Future<Tally>> running = new ArrayList<>();
            for (int i = 0; i < options.threads(); i++) {
                running.add(threads.submit(worker));
            }
            return sum(running, next, files.size());
        } finally {
            threads.shutdownNow();
        }
    }

    private Tally sum(List<Future<Tally>> running, AtomicInteger next, int files) {
        Tally sum = new Tally(spec);
        try {
            for (Future<Tally> one : running) {
                while (true) {
                    try {
                        sum.addAll(one.get(REPORT_NANOS, java.util.concurrent.TimeUnit.NANOSECONDS));
                        break;
                    } catch (java.util.concurrent.TimeoutException e) {
                        console.accept(String.format(
                                Locale.ROOT, "%,d of %,d files begun", Math.min(next.get(), files), files));
                    }
                }
            }
            return sum;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            throw new TableException("The recount failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TableException("The recount was interrupted.", e);
        }
    }
}
