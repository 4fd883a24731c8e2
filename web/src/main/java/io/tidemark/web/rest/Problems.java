package io.tidemark.web.rest;

import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.FilterReader;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong with a request into a problem. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final List<Integer> STATUSES =
            List.of(400, 401, 403, 404, 405, 406, 413, 414, 415, 417, 409, 410, 426, 429, 431, 500, 501, 503, 504);

    /** What Vert.x calls it when a client went before its body had come. */
    private static final int CLIENT_GONE = 200;

    private Problems() {}

    public static void install(Router router) {
        for (int status : STATUSES) {
            router.errorHandler(status, Problems::answer);
        }
        // Without this, Vert.x logs each as an error of ours.
        router.errorHandler(CLIENT_GONE, context -> {});
    }

    /**
     * For requests that are refused before any route sees them: lines too long, malformed headers.
     *
     * @return the status that it was answered with
     */
    public static int answerInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        String kind = cause == null ? "" : cause.getClass().getSimpleName();
        int status = switch (kind) {
            case "TooLongHttpLineException" -> 414;
            case "TooLongHttpHeaderException" -> 431;
            default -> 400;
        };
        SecurityHeaders.put(request.response());
        Problem.of(status).send(request.response());
        request.connection().close();
        return status;
    }

    /** For whom was let in, but not to this. */
    public static RuntimeException needsRole(String role) {
        return new ProblemException(new Problem(
                403,
                "role-needed",
                "Not allowed",
                "This needs a token of the role '" + role + "'. GET /api/v1/session tells the roles of yours."));
    }

    static Problem of(Throwable failure, int status) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof BadRequestException bad) {
            return bad.code().equals(FilterReader.NEEDS_SCAN)
                    ? new Problem(501, FilterReader.NEEDS_SCAN, "Needs a scan of the table", bad.getMessage())
                    : new Problem(400, bad.code(), "Bad request", bad.getMessage());
        }
        return failure instanceof RejectedExecutionException ? Problem.busy() : Problem.of(status);
    }

    private static void answer(RoutingContext context) {
        Problem problem = of(context.failure(), context.statusCode());
        if (problem.status() == 500) {
            LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), context.failure());
        }
        problem.send(context.response());
    }
}
