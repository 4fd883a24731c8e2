package io.tidemark.web.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log looks like, by the format that was chosen. */
class LogLayoutTest {
    private static final String FORGED =
            "first\r\n2026-01-01T00:00:00.000Z ERROR Forged \u001b[31mred\u2028\u0085 \"quoted\" \\ {}";

    @ParameterizedTest
    @ValueSource(strings = {"plain", "json"})
    void anEventIsOneLineWhateverItsMessageAndItsFailureHold(String format) {
        Exception failure = new IllegalStateException(FORGED, new RuntimeException("cause\nof it"));

        String written = written(format, event(FORGED, failure));

        assertThat(written).endsWith("\n");
        assertThat(written.substring(0, written.length() - 1))
                .doesNotContainPattern("[\\r\\n\\u0085\\u001b]")
                .contains("first", "cause", "LogLayoutTest.anEventIsOneLine");
    }

    @Test
    void anEventAsJsonHasTheSameFieldsAlways() throws Exception {
        JsonNode event = new ObjectMapper().readTree(written("json", event(FORGED, null)));

        assertThat(event.path("message").asText()).isEqualTo(FORGED);
        assertThat(event.path("level").asText()).isEqualTo("WARN");
        assertThat(event.path("logger").asText()).isEqualTo("io.tidemark.Some");
        assertThat(event.path("thread").asText())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(event.path("time").asText()).isEqualTo("2026-11-23T02:03:04.567Z");
        assertThat(event.has("error")).isFalse();
    }

    @Test
    void aFailureIsAFieldOfItsEvent() throws Exception {
        JsonNode event = new ObjectMapper().readTree(written("json", event("told", new IllegalStateException(FORGED))));

        assertThat(event.path("message").asText()).isEqualTo("told");
        assertThat(event.path("error").asText())
                .startsWith("java.lang.IllegalStateException: " + FORGED)
                .contains("\n\tat ");
    }

    @Test
    void aPlainEventBeginsWithItsTimeAndLevel() {
        assertThat(written("plain", event("told", null)))
                .matches("2026-11-23T\\d\\d:\\d\\d:04\\.567\\S+ WARN  Some told\n");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // command line, environment: format and level; then what comes of it
                "serve --log-format json --log-level debug, -, -, json, DEBUG",
                "serve --log-format=json, plain, WARN, json, WARN",
                "serve, JSON, error, json, ERROR",
                "serve --log-format yaml, json, LOUD, plain, INFO",
                "serve --log-format, '', '', plain, INFO"
            })
    void theCommandLineWinsAndWhatIsWrongIsLeftToTheParser(
            String line, String format, String level, String expectedFormat, String expectedLevel) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TIDEMARK_LOG_FORMAT", format);
        environment.put("TIDEMARK_LOG_LEVEL", level);

        assertThat(LogSetup.of(line.split(" "), environment)).isEqualTo(new LogSetup(expectedFormat, expectedLevel));
    }

    private static LogRecord event(String message, Throwable failure) {
        LogRecord event = new LogRecord(Level.WARNING, message);
        event.setLoggerName("io.tidemark.Some");
        event.setThrown(failure);
        event.setInstant(Instant.parse("2026-11-23T02:03:04.567Z"));
        return event;
    }

    private static String written(String format, LogRecord event) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        new LogHandler(new PrintStream(to, true, UTF_8), LogSetup.formatter(format)).publish(event);
        return to.toString(UTF_8);
    }
}
