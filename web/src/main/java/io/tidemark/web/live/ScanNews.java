package io.tidemark.web.live;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.query.ScanPeerException;
import io.tidemark.views.query.ScanProgress;
import io.tidemark.views.query.ScanStoppedException;
import io.tidemark.views.query.ScanTooLargeException;

/** What sockets are told of a scan beside its result. */
final class ScanNews {

    private ScanNews() {}

    /** @param id as JSON, in quotes */
    static String progress(String id, ScanProgress progress) {
        return Message.of("progress", json -> {
                    json.writeNumberField("files", progress.files());
                    json.writeNumberField("filesDone", progress.filesDone());
                })
                .text(id);
    }

    /** @param id as JSON, in quotes */
    static String failure(String id, Throwable failure) {
        return Message.of("error", json -> {
                    json.writeStringField("code", code(failure));
                    json.writeStringField("message", message(failure));
                })
                .text(id);
    }

    private static String code(Throwable failure) {
        if (failure instanceof ScanStoppedException) {
            return "deadline";
        }
        if (failure instanceof ScanTooLargeException) {
            return "scan-too-large";
        }
        if (failure instanceof ScanPeerException) {
            return "instance-unavailable";
        }
        return failure instanceof TableException ? "cannot-scan" : "internal";
    }

    private static String message(Throwable failure) {
        if (failure instanceof ScanStoppedException) {
            return "The scan took too long. Subscribe to a shorter range. It is tried again with the next commit.";
        }
        return failure instanceof ScanTooLargeException
                        || failure instanceof ScanPeerException
                        || failure instanceof TableException
                ? failure.getMessage()
                : "The scan failed. The reason is in the log of this service.";
    }
}
