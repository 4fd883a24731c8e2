package io.tidemark.web.command;

import io.tidemark.ingest.source.Produce;
import io.tidemark.ingest.source.ProduceOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        description = "Sends synthetic events to a Kafka topic, as JSON.")
final class ProduceCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private TopicOptions topic = new TopicOptions();

    @Option(names = "--rate", paramLabel = "EVENTS/S", defaultValue = "20", description = "Events a second.")
    private double rate;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "0",
            description = "Ends after so many events; 0: never.")
    private long events;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of the topic, if it is not there yet.")
    private int partitions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides sessions and kinds of events; another one each time if not given.")
    private Long seed;

    ProduceCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        String servers = topic.bootstrapServers();
        long chosen = seed == null ? System.nanoTime() ^ System.currentTimeMillis() << 20 : seed;
        Stoppable.run(stop -> {
            ProduceOptions options = new ProduceOptions(servers, topic.topic(), partitions, rate, events, chosen);
            context.out().println("Sending " + rate + " events a second to topic " + topic.topic());
            long sent = Produce.run(options, stop);
            context.out().println("Sent " + sent + " events");
        });
        return 0;
    }
}
