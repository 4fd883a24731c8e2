package io.tidemark.ingest.files;

import io.tidemark.ingest.files.StoreRequests.Outcome;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hadoop.fs.s3a.CredentialInitializationException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What goes wrong with S3, told plainly: which file, which answer, what to do. */
final class S3Failures {
    private S3Failures() {}

    /**
     * @return a {@link FileNotFoundException} if nothing is stored there, an {@link EOFException} if the object ends before what was
     *     asked for, else a {@link StoreException}
     */
    static IOException of(SdkException e, String path, StoreLimits limits) {
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
            return (IOException) new InterruptedIOException("Interrupted").initCause(e);
        }
        String where = FileReference.quoted(path);
        if (e instanceof CredentialInitializationException) {
            return new StoreException(
                    Outcome.REFUSED,
                    "There are no credentials for the object store. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
                            + " AWS_PROFILE, or give this machine or container a role.",
                    e);
        }
        return e instanceof AwsServiceException answer ? answered(answer, path, where) : unanswered(e, where, limits);
    }

    private static StoreException unanswered(SdkException e, String where, StoreLimits limits) {
        String what;
        if (isOf(e, UnknownHostException.class)) {
            what = "The object store's name cannot be looked up. Check AWS_ENDPOINT_URL and AWS_REGION.";
        } else if (isOf(e, SSLException.class)) {
            what = "There is no secure connection to the object store. Check its certificate, and whether"
                    + " AWS_ENDPOINT_URL begins with the right scheme.";
        } else if (isTimeOut(e)) {
            what = "The object store does not answer for " + where + " within " + S3Body.seconds(limits.answer()) + ".";
        } else if (isOf(e, ConnectException.class)) {
            what = "The object store cannot be reached: connection refused. Is it up, and AWS_ENDPOINT_URL right?";
        } else {
            what = "The object store closed the connection without an answer for " + where + ".";
        }
        return new StoreException(Outcome.FAILED, what, e);
    }

    private static boolean isTimeOut(SdkException e) {
        return e instanceof ApiCallAttemptTimeoutException
                || isOf(e, SocketTimeoutException.class)
                // Of connecting; the library has its own class for it.
                || isNamed(e, "ConnectTimeoutException")
                || isNamed(e, "ConnectionPoolTimeoutException");
    }

    private static IOException answered(AwsServiceException e, String path, String where) {
        int status = e.statusCode();
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
        String answer = status + (code.isEmpty() ? "" : " " + code);
        switch (code) {
            case "NoSuchBucket":
                return refused("The bucket does not exist. Create it, or correct the table's URI.", e);
            case "InvalidAccessKeyId":
                return refused(
                        "The object store does not know the access key (" + answer + "). Correct AWS_ACCESS_KEY_ID,"
                                + " the profile or the role.",
                        e);
            case "SignatureDoesNotMatch":
                return refused(
                        "The object store does not accept the secret key (" + answer
                                + "). Correct AWS_SECRET_ACCESS_KEY, the profile or the role.",
                        e);
            case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidToken":
                return refused(
                        "The credentials for the object store have expired (" + answer
                                + "). New ones of a profile or a role are taken up by themselves; for those of AWS_*"
                                + " variables, restart with new ones.",
                        e);
            case "RequestTimeTooSkewed":
                // The client corrects its time by such an answer, and so it may be asked again.
                return new StoreException(
                        Outcome.FAILED,
                        "This machine's clock and the object store's differ too much (" + answer + "). Set the clock.",
                        e);
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException":
                return refused("The bucket is in another region (" + answer + "). Correct AWS_REGION.", e);
            default:
                return byStatus(e, status, answer, path, where);
        }
    }

    private static IOException byStatus(AwsServiceException e, int status, String answer, String path, String where) {
        if (status == 301 || status == 307) {
            return refused("The bucket is in another region (" + answer + "). Correct AWS_REGION.", e);
        }
        if (status == 404) {
            return (IOException) new FileNotFoundException(path).initCause(e);
        }
        if (status == 416) {
            return (IOException) new EOFException(where + " ends before what was asked for.").initCause(e);
        }
        if (status == 412) {
            return refused(where + " was replaced by another object while it was read.", e);
        }
        if (status == 401 || status == 403) {
            return refused(
                    "The object store forbids to read " + where + " (" + answer
                            + "). Check the credentials and that they allow s3:GetObject and s3:ListBucket.",
                    e);
        }
        if (status == 429 || status == 503) {
            return new StoreException(
                    Outcome.THROTTLED, "The object store asks to slow down (" + answer + " for " + where + ").", e);
        }
        if (status >= 500) {
            return new StoreException(
                    Outcome.FAILED, "The object store has an error of its own (" + answer + " for " + where + ").", e);
        }
        return refused("The object store answers " + answer + " for " + where + ".", e);
    }

    private static StoreException refused(String message, SdkException e) {
        return new StoreException(Outcome.REFUSED, message, e);
    }

    private static boolean isOf(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamed(Throwable failure, String name) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
