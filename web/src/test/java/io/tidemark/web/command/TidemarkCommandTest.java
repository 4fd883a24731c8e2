package io.tidemark.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.tail.PollInterval;
import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.CacheSettings;
import io.tidemark.web.config.Columns;
import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.config.LimitSettings.Most;
import io.tidemark.web.config.NotifyTopic;
import io.tidemark.web.config.OidcSettings;
import io.tidemark.web.config.Rate;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import io.tidemark.web.config.TlsFiles;
import io.tidemark.web.config.WebhookSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class TidemarkCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private CommandLine commandLine(Map<String, String> environment) {
        return commandLine("", environment);
    }

    private CommandLine commandLine(String first, Map<String, String> environment) {
        return TidemarkCommand.commandLine(
                first,
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private ServeConfig config(Map<String, String> environment, String... arguments) {
        CommandLine command = commandLine(environment);
        command.parseArgs(
                Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(String[]::new));
        return ((ServeCommand) command.getSubcommands().get("serve").getCommand()).config();
    }

    @Test
    void everyDefaultIsAsInTheContract() {
        assertThat(config(Map.of(), "--table", "/data/events"))
                .isEqualTo(new ServeConfig(
                        List.of(new TableAddress("events", "/data/events")),
                        Path.of("./tidemark-state"),
                        "127.0.0.1",
                        8080,
                        PollInterval.ADAPTIVE,
                        Columns.parse(
                                "timestamp", "channel,type=event_type,platform,category=event_category", "session_id"),
                        new ScanSettings(Runtime.getRuntime().availableProcessors(), 32, Duration.ofSeconds(60)),
                        Optional.empty(),
                        AccessSettings.OPEN,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        LimitSettings.DEFAULT,
                        Map.of()));
    }

    @Test
    void everyOptionCanComeFromTheEnvironment() {
        Map<String, String> environment = Map.ofEntries(
                Map.entry("DELTA_TABLE_PATH", "s3://bucket/events"),
                Map.entry("TIDEMARK_STATE_DIR", "/state"),
                Map.entry("TIDEMARK_HOST", "0.0.0.0"),
                Map.entry("TIDEMARK_PORT", "9000"),
                Map.entry("TIDEMARK_POLL_INTERVAL", "2s"),
                Map.entry("TIDEMARK_INSECURE", "true"),
                Map.entry("TIDEMARK_SCAN_THREADS", "3"),
                Map.entry("TIDEMARK_SCAN_LIMIT", "5"),
                Map.entry("TIDEMARK_SCAN_DEADLINE", "2m"),
                Map.entry("TIDEMARK_EXPORT_LIMIT", "7"),
                Map.entry("TIDEMARK_NOTIFY_TOPIC", "kafka:9092,b:9093/bucket-events"),
                Map.entry("TIDEMARK_CACHE_DIR", "/cache"),
                Map.entry("TIDEMARK_CACHE_SIZE", "1.5GB"),
                Map.entry("TIDEMARK_TIME_COLUMN", ""),
                Map.entry("TIDEMARK_DIMENSIONS", "country"),
                Map.entry("TIDEMARK_DISTINCT_COLUMN", ""),
                Map.entry("TIDEMARK_AUTH_TOKENS", "a,b"),
                Map.entry("TIDEMARK_CORS_ORIGINS", "https://A.example, http://b.example:8080"),
                Map.entry("TIDEMARK_ALERT_WEBHOOK", "https://hooks.example/a, http://b.example:8080/b"),
                Map.entry("TIDEMARK_ALERT_WEBHOOK_SECRET", "s3cret"),
                Map.entry("TIDEMARK_AUTH_TOKENS_FILE", "/tokens"),
                Map.entry("TIDEMARK_OIDC_ISSUER", "https://login.example/realms/a"),
                Map.entry("TIDEMARK_OIDC_AUDIENCE", "tidemark"),
                Map.entry("TIDEMARK_OIDC_ROLES_CLAIM", "realm_access.roles"),
                Map.entry("TIDEMARK_OIDC_ROLES", "view=analysts,admin=ops"),
                Map.entry("TIDEMARK_TLS_CERT", "/cert.pem"),
                Map.entry("TIDEMARK_TLS_KEY", "/key.pem"),
                Map.entry("TIDEMARK_MAX_CONNECTIONS", "100"),
                Map.entry("TIDEMARK_MAX_CONNECTIONS_PER_CLIENT", "10"),
                Map.entry("TIDEMARK_MAX_SOCKETS", "80"),
                Map.entry("TIDEMARK_MAX_REQUESTS", "60"),
                Map.entry("TIDEMARK_MAX_REQUESTS_PER_CLIENT", "5"),
                Map.entry("TIDEMARK_REQUEST_RATE", "10"),
                Map.entry("TIDEMARK_SOCKET_RATE", "0.5"),
                Map.entry("TIDEMARK_MESSAGE_RATE", "0"),
                Map.entry("TIDEMARK_WRONG_TOKEN_RATE", "1"),
                Map.entry("TIDEMARK_HEAD_TIMEOUT", "5s"),
                Map.entry("TIDEMARK_BODY_TIMEOUT", "6s"),
                Map.entry("TIDEMARK_IDLE_TIMEOUT", "1m"),
                Map.entry("TIDEMARK_MAX_URL", "32KB"),
                Map.entry("TIDEMARK_MAX_HEADERS", "8KB"),
                Map.entry("TIDEMARK_MAX_MESSAGE", "128KB"),
                Map.entry("TIDEMARK_MAX_UNSENT", "64MB"),
                Map.entry("TIDEMARK_TRUSTED_PROXIES", "10.0.0.0/8, fd00::1"),
                Map.entry("TIDEMARK_LIMIT_LOOPBACK", "true"),
                Map.entry("TIDEMARK_ENGINE", ""),
                Map.entry("AWS_REGION", "eu-west-1"),
                Map.entry("HOME", "/root"));

        assertThat(config(environment))
                .isEqualTo(new ServeConfig(
                        List.of(new TableAddress("events", "s3://bucket/events")),
                        Path.of("/state"),
                        "0.0.0.0",
                        9000,
                        PollInterval.fixed(Duration.ofSeconds(2)),
                        Columns.parse("", "country", ""),
                        new ScanSettings(3, 5, Duration.ofMinutes(2), OptionalInt.of(7)),
                        Optional.of(new CacheSettings(Path.of("/cache"), 3L << 29)),
                        new AccessSettings(
                                List.of("a", "b"),
                                Optional.of(Path.of("/tokens")),
                                Optional.of(new OidcSettings(
                                        URI.create("https://login.example/realms/a"),
                                        "tidemark",
                                        "realm_access.roles",
                                        Map.of("view", "analysts", "admin", "ops")))),
                        List.of("https://a.example", "http://b.example:8080"),
                        List.of(
                                WebhookSettings.of(URI.create("https://hooks.example/a"), Optional.of("s3cret")),
                                WebhookSettings.of(URI.create("http://b.example:8080/b"), Optional.of("s3cret"))),
                        Optional.of(new NotifyTopic("kafka:9092,b:9093", "bucket-events")),
                        Optional.of(new TlsFiles(Path.of("/cert.pem"), Path.of("/key.pem"))),
                        new LimitSettings(
                                new LimitSettings.Counts(new Most(100, 10), new Most(80, 20), new Most(60, 5)),
                                new LimitSettings.Rates(
                                        new Rate(10, 50), new Rate(0.5, 5), Rate.UNLIMITED, new Rate(1, 5)),
                                new LimitSettings.Patience(
                                        Duration.ofSeconds(5), Duration.ofSeconds(6), Duration.ofMinutes(1)),
                                new LimitSettings.Lengths(32 << 10, 8 << 10, 128 << 10, 64 << 20),
                                List.of("10.0.0.0/8", "fd00::1"),
                                true),
                        Map.of("AWS_REGION", "eu-west-1")));
    }

    @Test
    void theCommandLineWins() {
        Map<String, String> environment = Map.of("DELTA_TABLE_PATH", "/env", "TIDEMARK_PORT", "9000");

        ServeConfig config = config(environment, "--table", "/line", "--port", "0");

        assertThat(config.port()).isZero();
        assertThat(config.tables()).containsExactly(new TableAddress("line", "/line"));
    }

    @Test
    void severalTablesHaveAStateEach() {
        ServeConfig config = config(Map.of(), "--table", "a=/x/t", "--table", "b=/y/t", "--state-dir", "/state");

        assertThat(config.stateDirOf(config.tables().get(1))).isEqualTo(Path.of("/state/b"));
    }

    @Test
    void aNamedCommandIsTheSameWithoutTheOthersBesideIt() {
        commandLine(Map.of()).getSubcommands().forEach((name, among) -> {
            Map<String, CommandLine> alone = commandLine(name, Map.of()).getSubcommands();

            assertThat(alone).containsOnlyKeys(name);
            assertThat(alone.get(name).getUsageMessage()).isEqualTo(among.getUsageMessage());
        });
    }

    @Test
    void theHelpOfEveryCommandNamesEveryVariable() {
        Set<String> seen = new HashSet<>();
        commandLine(Map.of()).getSubcommands().forEach((name, command) -> {
            String help = command.getUsageMessage();
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    assertThat(help).as(name).contains("[" + Environment.nameOf(option));
                    seen.add(Environment.nameOf(option));
                }
            }
        });
        assertThat(seen)
                .contains(
                        "DELTA_TABLE_PATH",
                        "TIDEMARK_PORT",
                        "TIDEMARK_HOST",
                        "TIDEMARK_STATE_DIR",
                        "TIDEMARK_TIME_COLUMN",
                        "TIDEMARK_DIMENSIONS",
                        "TIDEMARK_DISTINCT_COLUMN",
                        "TIDEMARK_SEED",
                        "TIDEMARK_URL",
                        "TIDEMARK_DIR");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --colour                                     | Unknown option
                    dance                                        | dance
                    serve                                        | --table
                    serve --table ./x --port many                | --port
                    serve --table ./x --port 70000               | --port
                    serve --table ./x --engine spark             | --engine embedded
                    serve --table ./x --engine kafka             | KAFKA_BOOTSTRAP_SERVERS
                    serve --table ./x --engine kafka --bootstrap-servers kafka | kafka-1:9092
                    serve --table ./x --host 0.0.0.0             | --insecure
                    serve --table ./x --poll-interval 5          | --poll-interval
                    serve --table ./x --dimensions totals        | --dimensions
                    serve --table ./x --colour                   | --colour
                    generate                                     | --table
                    generate --table ./x --end yesterday         | --end
                    generate --table ./x --rows 0                | --rows
                    generate --table ./x --rows ten              | --rows
                    demo --rate -1                               | --rate
                    verify                                       | --table
                    verify --table ./x --table-version -1        | --table-version
                    verify --table ./x --table-version last      | --table-version
                    verify --table ./x --table-version 3 --url u | --url
                    doctor --table ./x --colour                  | --colour
                    status --url here                            | http://127.0.0.1:8080/
                    serve --table ./x --log-format yaml          | plain or json
                    serve --table ./x --log-level loud           | DEBUG
                    """)
    void wrongUsageIsOneLineThatNamesTheRemedy(String arguments, String expected) {
        int code = commandLine(Map.of()).execute(arguments.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).strip().lines())
                .singleElement()
                .asString()
                .contains(expected);
        assertThat(out.size()).isZero();
    }

    @Test
    void aTableThatCannotBeIsRefusedWithItsReason() {
        int code = commandLine(Map.of()).execute("serve", "--table", "s3://", "--port", "0");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("bucket");
    }

    @Test
    void theDoctorSaysWhatIsWrongWithOptionsThatServeWouldRefuse() {
        assertThat(run("doctor", "--table", "/none", "--host", "0.0.0.0")).isEqualTo(ExitCode.DIFFERENT);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("wrong")
                .contains("--insecure")
                .endsWith("1 wrong, 0 warnings, 0 ok\n");
        assertThat(err.size()).isZero();
    }

    @Test
    void verifyChecksAPastVersionWithoutAnyState(@TempDir Path directory) {
        String table = directory.resolve("table").toString();
        run("generate", "--table", table, "--rows", "300", "--rows-per-commit", "100", "--seed", "3");

        assertThat(run("verify", "--table", table, "--table-version", "1")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("EQUAL at version 1: 0 of ", "200 rows", "built anew");
        assertThat(run("verify", "--table", table, "--table-version", "3")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("version 3");
    }

    private int run(String... arguments) {
        return commandLine(Map.of()).execute(arguments);
    }

    @Test
    void theVersionIsSaid() {
        assertThat(commandLine(Map.of()).execute("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Tidemark");
    }
}
