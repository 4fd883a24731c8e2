package io.tidemark.web.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads some small files anew each second, and tells when what is in them is another. By content: a file that is put in
 * place by a link, as Kubernetes does with secrets, has no time of change to go by.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final long MAX_BYTES = 1 << 20;
    private static final long EVERY_MILLIS = 1000;

    /** Takes what is in the files now, in their order. */
    @FunctionalInterface
    public interface Taker {
        /** @throws RuntimeException if it is of no use: what was there before stays, and it is tried again when it changes */
        void take(List<byte[]> contents);
    }

    private final List<Path> files;
    private final Taker taker;
    private final ScheduledExecutorService thread;
    private List<byte[]> known; // of the one thread, once it runs
    private boolean failing;

    private FileWatch(List<Path> files, List<byte[]> known, Taker taker) {
        this.files = List.copyOf(files);
        this.known = known;
        this.taker = taker;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, "tidemark-files");
            watch.setDaemon(true);
            return watch;
        });
    }

    /**
     * Has the files taken once, and again whenever they change.
     *
     * @throws IOException if one cannot be read now
     * @throws RuntimeException whatever the taker throws now
     */
    public static FileWatch start(List<Path> files, Taker taker) throws IOException {
        return start(files, taker, EVERY_MILLIS);
    }

    static FileWatch start(List<Path> files, Taker taker, long everyMillis) throws IOException {
        List<byte[]> contents = read(files);
        taker.take(contents);
        FileWatch watch = new FileWatch(files, contents, taker);
        watch.thread.scheduleWithFixedDelay(watch::look, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        try {
            List<byte[]> now = read(files);
            if (!same(now, known)) {
                // Also if it is of no use: it is not told of again until it is another.
                known = now;
                taker.take(now);
                LOG.info("Taken anew: {}", names());
            }
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing || !(e instanceof IOException)) {
                LOG.error("{}: not taken, what was known before stays: {}", names(), reason(e));
            }
            failing = true;
        }
    }

    private String names() {
        return String.join(
                ", ",
                files.stream().map(file -> String.valueOf(file.getFileName())).toList());
    }

    /** Of a failure to read a file, for people. */
    public static String reason(Exception failure) {
        return failure instanceof NoSuchFileException
                ? "there is no such file"
                : failure instanceof IOException
                        ? failure.getClass().getSimpleName() + " while reading"
                        : String.valueOf(failure.getMessage());
    }

    private static List<byte[]> read(List<Path> files) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("larger than " + MAX_BYTES + " bytes");
            }
            contents.add(Files.readAllBytes(file));
        }
        return contents;
    }

    private static boolean same(List<byte[]> a, List<byte[]> b) {
        for (int i = 0; i < a.size(); i++) {
            if (!Arrays.equals(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
