package io.tidemark.ingest.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.ingest.files.StoredObject;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** The hint where the newest checkpoint is. Only a hint: it may be missing, old or damaged. */
final class LastCheckpoint {
    private static final int MAX_BYTES = 4 << 20;

    private LastCheckpoint() {}

    /** Empty if there is no hint, or none that can be read. */
    static OptionalLong version(TableFiles files) {
        try {
            Optional<StoredObject> hint = files.read(LogPaths.LAST_CHECKPOINT, MAX_BYTES);
            return hint.isEmpty() ? OptionalLong.empty() : version(hint.get().bytes());
        } catch (IOException | TableException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong version(byte[] bytes) throws IOException {
        try (JsonParser json = LogJson.FACTORY.createParser(bytes)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String field = json.currentName();
                    json.nextToken();
                    if (field.equals("version")) {
                        long version = LogJson.integer(json);
                        return version < 0 ? OptionalLong.empty() : OptionalLong.of(version);
                    }
                    json.skipChildren();
                }
            }
            return OptionalLong.empty();
        }
    }
}
