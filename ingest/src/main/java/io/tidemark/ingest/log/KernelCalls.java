package io.tidemark.ingest.log;

import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.tidemark.ingest.files.PathOutsideTableException;
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
                return new TableException("[version " + version + "] " + root.getMessage(), e);
            }
        }
        String reason = root == e ? plain(e) : plain(e) + " (" + plain(root) + ")";
        return new TableException("[version " + version + "] The log or its checkpoint cannot be read: " + reason, e);
    }

    private String plain(Throwable e) {
        String message = e.getMessage();
        return Failures.shortened(
                message == null ? null : message.replace(root + "/", "").replace(root, "the table's root"), e);
    }
}
