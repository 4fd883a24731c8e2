package io.tidemark.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results so far: each is printed when it comes, all of them can be written as JSON. */
public final class Report {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintStream out;
    private final List<Line> lines = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    public void add(Line line) {
        if (lines.isEmpty()) {
            out.println("| case | what | Tidemark | peer | by the clock | by the processor | goal | |");
            out.println("|---|---|---|---|---|---|---|---|");
        }
        lines.add(line);
        out.println(row(line));
        out.flush();
    }

    /** Progress, for who waits. */
    public void say(String text) {
        System.err.println("  … " + text);
    }

    private static String row(Line line) {
        String verdict = line.met().map(met -> met ? "met" : "**missed**").orElse("");
        return String.join(
                        " | ",
                        "| " + line.about(),
                        line.what(),
                        quantity(line.ours(), line.unit()),
                        quantity(line.peer(), line.unit()),
                        ratio(line.ratio()),
                        ratio(line.cpuRatio()),
                        line.goal().map(Goal::text).orElse(""),
                        verdict + (line.note().isEmpty() ? "" : (verdict.isEmpty() ? "" : "; ") + line.note()))
                + " |";
    }

    private static String quantity(double value, String unit) {
        if (Double.isNaN(value)) {
            return "";
        }
        String format = Math.abs(value) >= 1000 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.3g";
        return String.format(Locale.ROOT, format, value) + " " + unit;
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, value >= 100 ? "%,.0fx" : "%.2fx", value);
    }

    /** Number of lines that have a goal and do not meet it. */
    long missed() {
        return lines.stream().filter(line -> !line.met().orElse(true)).count();
    }

    void write(Path file) throws IOException {
        ArrayNode array = MAPPER.createArrayNode();
        for (Line line : lines) {
            ObjectNode node = array.addObject();
            node.put("case", line.about());
            node.put("what", line.what());
            node.put("unit", line.unit());
            put(node, "ours", line.ours());
            put(node, "peer", line.peer());
            put(node, "ratio", line.ratio());
            put(node, "cpuRatio", line.cpuRatio());
            line.goal().ifPresent(goal -> {
                node.put("goal", goal.text());
                put(node, "judged", line.judged());
                node.put("met", line.met().orElseThrow());
            });
            if (!line.note().isEmpty()) {
                node.put("note", line.note());
            }
        }
        MAPPER.writeValue(file.toFile(), array);
    }

    private static void put(ObjectNode node, String name, double value) {
        if (!Double.isNaN(value)) {
            node.put(name, value);
        }
    }
}
