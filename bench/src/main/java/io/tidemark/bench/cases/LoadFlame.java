package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.EventTables;
import io.tidemark.bench.FlameGraph;
import io.tidemark.bench.Followed;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a first load's processor time goes, by the JVM's own samples, as a picture. */
final class LoadFlame implements Case {
    private static final Duration EVERY = Duration.ofMillis(10);
    private static final String IN_JAVA = "jdk.ExecutionSample";
    private static final String IN_NATIVE = "jdk.NativeMethodSample";

    @Override
    public String name() {
        return "flame";
    }

    @Override
    public String about() {
        return "a flame graph of the first load, as SVG";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Path table = EventTables.dense(setting);
        load(setting, table);
        Path recorded = setting.empty("flame").resolve("load.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(IN_JAVA).withPeriod(EVERY);
            recording.enable(IN_NATIVE).withPeriod(EVERY);
            recording.start();
            load(setting, table);
            recording.stop();
            recording.dump(recorded);
        }
        FlameGraph graph = new FlameGraph();
        try (RecordingFile events = new RecordingFile(recorded)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getStackTrace() != null && isWork(event)) {
                    graph.add(stack(event));
                }
            }
        }
        Path picture = recorded.resolveSibling("first-load.svg");
        graph.write(picture, String.format("First load of %,d rows, two threads counting", setting.rows()));
        report.say(graph.samples() + " samples: " + picture);
    }

    private static void load(Setting setting, Path table) throws Exception {
        try (Followed followed = new Followed(table, setting.empty("load"), EventFiles.spec(true), 2)) {
            followed.load();
        }
    }

    /** Threads in native code may wait there, or be in a library's: the JVM cannot tell. */
    private static boolean isWork(RecordedEvent event) {
        String at = name(event.getStackTrace().getFrames().get(0));
        return event.getEventType().getName().equals(IN_JAVA)
                || !at.startsWith("java.") && !at.startsWith("sun.") && !at.startsWith("jdk.");
    }

    private static List<String> stack(RecordedEvent event) {
        List<String> stack = new ArrayList<>();
        event.getStackTrace().getFrames().forEach(frame -> stack.add(name(frame)));
        Collections.reverse(stack);
        return stack;
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
