package io.tidemark.ingest.log;

import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.tidemark.ingest.files.PathOutsideTableException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;

/** Runs pieces of Delta Kernel, whose failures are many and name local paths. */
final class KernelCalls {
    private final String root;

    /** @param root of the table in Kernel's spelling, to be left out of messages */
    KernelCalls(String root) {
        this.root = root;
    }

    /**
     * @param version that is being read, for messages
     * @throws TableNotFoundException if there is no table
     * @throws TableException if the table cannot be read
     */
    <T> T call(long version, Supplier<T> work) {
        try {
            return work.get();
        } catch (TableException | TableNotFoundException | NoSuchElementException e) {
            throw e;
        } catch (UnsupportedTableFeatureException e) {
            throw Failures.unsupported(version, e.getUnsupportedFeatures());
        } catch (UnsupportedProtocolVersionException e) {
            throw Failures.unsupported(version, Set.of("reader version " + e.getVersion()));
        } catch (RuntimeException e) {
            // Kernel checks this one as a misuse of itself.
            if (String.valueOf(e.getMessage()).contains("catalogManaged")) {
                throw Failures.unsupported(version, Set.of("catalogManaged"));
            }
            throw failure(version, e);
        }
    }

    private TableException failure(long version, RuntimeException e) {
        Throwable root = e;
        for (int depth = 0; depth < 20 && root.getCause() != null; depth++) {
            root = root.getCause();
            if (root instanceof PathOutsideTableException) {
                break;
            }
            if (root instanceof RefusedFileException) {
                return unreadable(version, root.getMessage().replaceFirst("\\.$", ""), e);
            }
        }
        String what = plain(e);
        String why = root instanceof FileNotFoundException || root instanceof NoSuchFileException
                ? "there is no such file"
                : plain(root);
        return unreadable(version, what + (what.contains(why) ? "" : " (" + why + ")"), e);
    }

    private static TableException unreadable(long version, String why, RuntimeException e) {
        return new TableException(
                "[version " + version + "] The log or its checkpoint cannot be read: " + why
                        + ". Restore what is missing or damaged in _delta_log.",
                e);
    }

    /** Without what tells nothing, or too much: Java's names of objects, and where the table is on this machine. */
    private String plain(Throwable e) {
        if (e.getMessage() == null) {
            return Failures.shortened(null, e);
        }
        String message = e.getMessage()
                .replace("Invalid table found at " + root + ": ", "")
                .replace("Encountered an error from the underlying engine implementation while trying to ", "")
                .replaceAll("[\\w.]+\\$\\d+@[0-9a-f]+ is not", "it is not")
                .replace(root + "/", "")
                .replace(root.replaceFirst("^file:/+", "/") + "/", "")
                .replace(root, "the table's root")
                .replaceAll("(\\S+): \\1", "$1");
        return Failures.shortened(message, e).replaceFirst("\\.$", "");
    }
}
