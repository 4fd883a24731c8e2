package io.tidemark.ingest.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What goes wrong with S3, told plainly: which file, which answer. */
final class S3Failures {
    private S3Failures() {}

    /**
     * Empty if the store says that nothing is stored there.
     *
     * @throws IOException if it says anything else
     */
    static <T> Optional<T> absent(SdkException e, String path) throws IOException {
        IOException failure = plain(e, path);
        if (failure instanceof FileNotFoundException) {
            return Optional.empty();
        }
        throw failure;
    }

    static IOException plain(SdkException e, String path) {
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
        }
        String where = FileReference.quoted(path);
        if (!(e instanceof AwsServiceException answer)) {
            return new IOException("No answer from the object store for " + where + ": " + firstLine(e) + ".", e);
        }
        String code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        if ("NoSuchBucket".equals(code)) {
            return new IOException("The bucket does not exist. Create it, or correct the table's URI.", e);
        }
        if (answer.statusCode() == 404) {
            return (IOException) new FileNotFoundException(path).initCause(e);
        }
        return new IOException(
                "The object store answers " + answer.statusCode() + (code == null ? "" : " " + code) + " for " + where
                        + (answer.statusCode() == 403 ? ". Check the credentials and what they allow." : "."),
                e);
    }

    private static String firstLine(SdkException e) {
        String message = String.valueOf(e.getMessage()).strip();
        return message.lines().findFirst().orElse("").replaceAll("\\.$", "");
    }
}
