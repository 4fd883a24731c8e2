package io.tidemark.bench.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.bench.Case;
import io.tidemark.bench.Chromium;
import io.tidemark.bench.EventTables;
import io.tidemark.bench.Goal;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What the page costs who looks at it: bytes and requests of a visit, first paint, and ten commits a second on a table of a whole
 * year of hours, whose events are spread over it.
 */
final class BrowserCost implements Case {
    private static final int COMMITS_A_SECOND = 10;
    private static final double LONG_TASK = 50;
    /** A line to a service that is not near. */
    private static final double LATENCY = 40;

    private static final double MEGABITS = 20;
    private static final String KIND = "(name) => { const path = new URL(name).pathname; return"
            + " path.startsWith('/vendor/') ? 'libraries' : path.startsWith('/api/') ? 'api' :"
            + " path.startsWith('/live') ? 'socket' : path.endsWith('.css') ? 'styles' :"
            + " path.endsWith('.js') ? 'modules' : 'page'; }";
    private static final String TRANSFERRED = "(() => { const kind = " + KIND
            + "; return performance.getEntries().filter((e) => 'transferSize' in e)"
            + ".map((e) => [kind(e.name), e.transferSize, e.decodedBodySize]); })()";

    @Override
    public String name() {
        return "browser";
    }

    @Override
    public String about() {
        return "the page in Chromium: weight, first paint, ten commits a second on a year of hours";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Path work = setting.empty("browser");
        Path table = EventTables.copyOfYear(setting, work.resolve("table"));
        try (ServiceProcess service = ServiceProcess.serve(table, work.resolve("state"), List.of("-Xmx1g"))) {
            service.awaitStatus("\"live\"");
            try (Chromium browser = Chromium.open(work.resolve("profile"))) {
                browser.visit(service.address()); // what is cold in the service and in the browser
                visits("on this machine", browser, service, setting, report);
                browser.line(LATENCY, MEGABITS);
                visits(
                        String.format(Locale.ROOT, "%.0f ms and %.0f Mbit/s away", LATENCY, MEGABITS),
                        browser,
                        service,
                        setting,
                        report);
                browser.noLine();
                for (String view :
                        List.of("", "?channel=web&compare=before", "?from=2025-10-01&to=2025-12-31&grain=day")) {
                    updates(view, table, browser, service, setting, report);
                }
            }
        }
    }

    private void visits(String where, Chromium browser, ServiceProcess service, Setting setting, Report report)
            throws IOException {
        for (boolean first : new boolean[] {true, false}) {
            String visit = (first ? "first visit " : "second visit ") + where;
            double[] paint = new double[setting.rounds()];
            double[] numbers = new double[setting.rounds()];
            double[] longest = new double[setting.rounds()];
            for (int i = 0; i < setting.rounds(); i++) {
                if (first) {
                    browser.forget();
                }
                browser.visit(service.address());
                paint[i] = browser.value("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                        .asDouble();
                numbers[i] = browser.value("tidemarkProbe.numbers").asDouble();
                longest[i] = longest(browser.value("tidemarkProbe.longTasks"));
            }
            report.add(Line.number(name(), visit + ", first paint", Times.median(paint), "ms", null));
            report.add(Line.number(name(), visit + ", numbers on the page", Times.median(numbers), "ms", null));
            report.add(Line.number(name(), visit + ", longest task", Times.median(longest), "ms", null));
            weight(visit, browser.value(TRANSFERRED), report);
        }
    }

    private void weight(String visit, JsonNode entries, Report report) {
        Map<String, double[]> kinds = new TreeMap<>();
        for (JsonNode entry : entries) {
            double[] sums = kinds.computeIfAbsent(entry.get(0).asText(), kind -> new double[3]);
            sums[0] += 1;
            sums[1] += entry.get(1).asDouble();
            sums[2] += entry.get(2).asDouble();
        }
        StringBuilder note = new StringBuilder();
        double requests = 0;
        double bytes = 0;
        for (Map.Entry<String, double[]> kind : kinds.entrySet()) {
            double[] sums = kind.getValue();
            requests += sums[0];
            bytes += sums[1];
            note.append(String.format(
                    Locale.ROOT,
                    "%s%s: %.0f, %.1f KB (%.1f KB unpacked)",
                    note.isEmpty() ? "" : "; ",
                    kind.getKey(),
                    sums[0],
                    sums[1] / 1e3,
                    sums[2] / 1e3));
        }
        report.add(Line.number(name(), visit + ", transferred", bytes / 1e3, "KB", null)
                .noting(String.format(Locale.ROOT, "%.0f requests. %s", requests, note)));
    }

    private void updates(
            String view, Path table, Chromium browser, ServiceProcess service, Setting setting, Report report)
            throws Exception {
        int seconds = setting.pick(20, 30, 60);
        browser.visit(service.address().resolve("./" + view));
        browser.collectGarbage();
        browser.run("Object.assign(tidemarkProbe, {longTasks: [], frames: [], messages: [], bytes: 0, versions: 0})");
        Map<String, Double> before = browser.metrics();
        double processorBefore = browser.rendererSeconds();
        EventTables.commit(table, COMMITS_A_SECOND, seconds);
        JsonNode probe = browser.value("tidemarkProbe");
        Map<String, Double> after = browser.metrics();
        double processor = browser.rendererSeconds() - processorBefore;
        String of = (view.isEmpty() ? "all rows" : view.substring(1)) + ", " + COMMITS_A_SECOND + " commits a second, ";
        double[] frames = numbers(probe.path("frames"));
        double[] messages = numbers(probe.path("messages"));
        report.add(Line.number(
                        name(),
                        of + "longest task",
                        Math.max(longest(probe.path("longTasks")), Times.percentile(frames, 100)),
                        "ms",
                        Goal.atMost(LONG_TASK, "ms"))
                .noting(probe.path("longTasks").size() + " tasks above " + (int) LONG_TASK + " ms in " + seconds
                        + " s"));
        report.add(Line.number(name(), of + "a frame's script, median", Times.median(frames), "ms", null)
                .noting(String.format(
                        Locale.ROOT,
                        "p99 %.1f ms, slowest %.1f ms, of %d; %d versions were drawn",
                        Times.percentile(frames, 99),
                        Times.percentile(frames, 100),
                        frames.length,
                        probe.path("versions").asInt())));
        report.add(Line.number(name(), of + "a message's script, median", Times.median(messages), "ms", null)
                .noting(String.format(
                        Locale.ROOT,
                        "p99 %.1f ms, slowest %.1f ms, of %d, %.1f KB a second unpacked",
                        Times.percentile(messages, 99),
                        Times.percentile(messages, 100),
                        messages.length,
                        probe.path("bytes").asDouble() / 1e3 / seconds)));
        report.add(Line.number(name(), of + "processor of the renderer", 100 * processor / seconds, "%", null)
                .noting(String.format(
                        Locale.ROOT,
                        "main thread %.1f %%: scripts %.1f %%, styles %.1f %%, layout %.1f %%",
                        share(before, after, "TaskDuration", seconds),
                        share(before, after, "ScriptDuration", seconds),
                        share(before, after, "RecalcStyleDuration", seconds),
                        share(before, after, "LayoutDuration", seconds))));
    }

    private static double share(Map<String, Double> before, Map<String, Double> after, String name, int seconds) {
        return 100 * (after.get(name) - before.get(name)) / seconds;
    }

    private static double longest(JsonNode tasks) {
        return StreamSupport.stream(tasks.spliterator(), false)
                .mapToDouble(task -> task.get(1).asDouble())
                .max()
                .orElse(0);
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
