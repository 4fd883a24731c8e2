package io.tidemark.web.alerts;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where alerts outlive a restart: one small JSON file, written whole and swapped in. With each alert is kept whether it is
 * firing, so that a restart does not tell of it again.
 */
final class AlertFile {
    private static final Logger LOG = LoggerFactory.getLogger(AlertFile.class);
    private static final int FORMAT = 1;

    /** An alert and what it says. */
    record Kept(Alert alert, AlertStatus status) {}

    private final Optional<Path> file;
    private final CubeSpec spec;

    /** @param file empty: alerts last as long as the process */
    AlertFile(Optional<Path> file, CubeSpec spec) {
        this.file = file;
        this.spec = spec;
    }

    /** What was kept. A file that cannot be understood is set aside, with a word in the log. */
    Map<String, Kept> read() {
        Map<String, Kept> alerts = new LinkedHashMap<>();
        if (file.isEmpty() || !Files.exists(file.get())) {
            return alerts;
        }
        try {
            JsonObject json = new JsonObject(Files.readString(file.get()));
            if (json.getInteger("format", 0) != FORMAT) {
                throw new IOException(
                        "it has format " + json.getValue("format") + ", and this program knows " + FORMAT);
            }
            for (Object one : json.getJsonArray("alerts", new JsonArray())) {
                keep(alerts, (JsonObject) one);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The alerts cannot be read, and are set aside as {}: {}", aside().getFileName(), e.getMessage());
            setAside();
            return new LinkedHashMap<>();
        }
        return alerts;
    }

    private void keep(Map<String, Kept> alerts, JsonObject one) {
        JsonObject firing = one.getJsonObject("firing");
        JsonObject definition = one.getJsonObject("alert");
        try {
            Alert alert = new AlertReader(spec).read(definition.getString("name"), definition);
            AlertStatus status = firing == null
                    ? AlertStatus.UNKNOWN
                    : AlertStatus.firing(
                            Instant.parse(firing.getString("since")),
                            firing.getLong("version"),
                            firing.getString("epoch"));
            alerts.put(alert.name(), new Kept(alert, status));
        } catch (BadRequestException e) {
            // The dimensions are others than when it was made.
            LOG.warn("An alert is left out, as it cannot be measured any more: {}", e.getMessage());
        }
    }

    private Path aside() {
        return file.orElseThrow().resolveSibling(file.get().getFileName() + ".damaged");
    }

    private void setAside() {
        try {
            Files.move(file.orElseThrow(), aside(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.error("They cannot be set aside either: {}", e.getClass().getSimpleName());
        }
    }

    /** @throws IOException if they could not be kept; what was kept before still is then */
    void write(Collection<Kept> alerts) throws IOException {
        if (file.isEmpty()) {
            return;
        }
        String text = Json.object(json -> {
            json.writeNumberField("format", FORMAT);
            json.writeArrayFieldStart("alerts");
            for (Kept kept : alerts) {
                json.writeStartObject();
                json.writeObjectFieldStart("alert");
                AlertJson.definition(json, kept.alert());
                json.writeEndObject();
                if (kept.status().isFiring()) {
                    json.writeObjectFieldStart("firing");
                    json.writeStringField("since", Json.time(kept.status().since()));
                    json.writeNumberField("version", kept.status().version());
                    json.writeStringField("epoch", kept.status().epoch());
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        Path next = file.get().resolveSibling(file.get().getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
