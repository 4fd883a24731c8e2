package io.tidemark.web.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.views.verify.RunningService;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What a running service answered to {@code GET /api/v1/status}. */
record ServiceStatus(JsonNode json) {
    private static final String PATH = "api/v1/status";
    private static final Set<String> WELL = Set.of("live", "catching-up", "bootstrapping");

    /** True if nobody has to do anything. */
    boolean isWell() {
        return WELL.contains(json.path("state").asText());
    }

    List<String> text() {
        return StatusText.of(json);
    }

    /** @throws IOException if it does not answer, or not with a status; the message is for the user */
    static ServiceStatus fetch(RunningService service) throws IOException {
        JsonNode body = service.get(PATH);
        if (!body.path("state").isTextual()) {
            throw new IOException(service.at(PATH) + " answered, and not with a status: is this a Tidemark service?");
        }
        return new ServiceStatus(body);
    }
}
