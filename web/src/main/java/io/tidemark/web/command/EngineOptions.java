package io.tidemark.web.command;

import io.tidemark.web.config.ClusterConfig;
import io.tidemark.web.config.ConfigException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What follows the tables. */
final class EngineOptions {

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "embedded: this process alone; kafka: several instances share the work through Kafka.")
    private String engine;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private PeerOptions peers = new PeerOptions();

    /** The cluster that this process is to be an instance of; empty: it works alone. */
    Optional<ClusterConfig> cluster(Context context) {
        return switch (engine) {
            case "embedded" -> Optional.empty();
            case "kafka" -> Optional.of(kafka.config().asking(peers.settings(context)));
            default ->
                throw new ConfigException(
                        "--engine: there is no engine '" + engine + "'. Use --engine embedded, or --engine kafka.");
        };
    }
}
