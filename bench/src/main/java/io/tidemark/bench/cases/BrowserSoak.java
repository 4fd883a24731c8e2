package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Chromium;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The page left open on {@code demo}: what must not grow is the heap after a collection, the nodes, the listeners, and the
 * processor's time for a minute. Then the page is hidden for two minutes, and shown again.
 *
 * <p>Minutes: {@code -Dminutes=}, else 3, 10 or 60 by size. Writes {@code browser-soak.csv} into the folder {@code browser-soak}.
 */
final class BrowserSoak implements Case {
    private static final int SECONDS_A_SAMPLE = 30;
    private static final int HIDDEN_SECONDS = 120;
    /** The hour's strip, the newest rows and the compiled scripts are there by then. */
    private static final int SETTLED_SECONDS = 60;

    private record Sample(
            double minutes, double heapMb, double nodes, double listeners, double processorPercent, double version) {}

    @Override
    public String name() {
        return "browser-soak";
    }

    @Override
    public String about() {
        return "the page open on demo for minutes, then hidden: heap, nodes, listeners, processor; CSV";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        int minutes = Integer.getInteger("minutes", setting.pick(3, 10, 60));
        Path work = setting.empty("browser-soak-work");
        try (ServiceProcess service = ServiceProcess.demo(work.resolve("demo"), List.of("-Xmx512m"))) {
            service.awaitStatus("\"live\"");
            try (Chromium browser = Chromium.open(work.resolve("profile"))) {
                browser.visit(service.address());
                // The newest rows and the strip are drawn too only while they are in view.
                browser.run("document.querySelector('.card[data-view=events]').scrollIntoView({block: 'center'})");
                TimeUnit.SECONDS.sleep(SETTLED_SECONDS);
                List<Sample> samples = new ArrayList<>();
                for (int i = 1; i * SECONDS_A_SAMPLE <= minutes * 60; i++) {
                    samples.add(sample(i * SECONDS_A_SAMPLE / 60.0, browser));
                    report.say(samples.get(samples.size() - 1).toString());
                }
                write(setting.empty("browser-soak"), samples);
                report(report, minutes, samples);
                hidden(browser, service, report);
            }
        }
    }

    private static Sample sample(double minutes, Chromium browser) throws IOException, InterruptedException {
        double before = browser.rendererSeconds();
        TimeUnit.SECONDS.sleep(SECONDS_A_SAMPLE);
        double processor = browser.rendererSeconds() - before;
        // What was counted of the page itself must not be counted with it.
        browser.run("Object.assign(tidemarkProbe, {longTasks: [], frames: [], messages: [], bytes: 0, versions: 0})");
        browser.collectGarbage();
        Map<String, Double> now = browser.metrics();
        return new Sample(
                minutes,
                now.get("JSHeapUsedSize") / 1e6,
                now.get("Nodes"),
                now.get("JSEventListeners"),
                100 * processor / SECONDS_A_SAMPLE,
                browser.value("Number(document.documentElement.dataset.version)")
                        .asDouble());
    }

    private void hidden(Chromium browser, ServiceProcess service, Report report)
            throws IOException, InterruptedException {
        double version = browser.value("Number(document.documentElement.dataset.version)")
                .asDouble();
        browser.hide(true);
        TimeUnit.SECONDS.sleep(5);
        double before = browser.rendererSeconds();
        TimeUnit.SECONDS.sleep(HIDDEN_SECONDS);
        double processor = browser.rendererSeconds() - before;
        String status = service.get("api/v1/status");
        browser.hide(false);
        browser.await("Number(document.documentElement.dataset.version) > " + (version + HIDDEN_SECONDS));
        report.add(Line.number(name(), "hidden, processor", 100 * processor / HIDDEN_SECONDS, "%", null)
                .noting(status.replaceAll(".*\"subscribers\":(\\d+).*", "$1")
                        + " subscribers meanwhile; it caught up when shown again"));
    }

    private void report(Report report, int minutes, List<Sample> samples) {
        String of = minutes + " minutes, ";
        add(report, of + "heap after a collection", "MB", samples, Sample::heapMb);
        add(report, of + "nodes", "", samples, Sample::nodes);
        add(report, of + "listeners", "", samples, Sample::listeners);
        add(report, of + "processor", "%", samples, Sample::processorPercent);
    }

    private void add(Report report, String what, String unit, List<Sample> samples, ToDoubleFunction<Sample> of) {
        double[] all = samples.stream().mapToDouble(of).toArray();
        double[] sums = new double[2];
        int third = Math.max(1, all.length / 3);
        for (int i = 0; i < third; i++) {
            sums[0] += all[i] / third;
            sums[1] += all[all.length - 1 - i] / third;
        }
        report.add(Line.number(name(), what, sums[1], unit, null)
                .noting(String.format(
                        Locale.ROOT,
                        "mean of the last third; of the first third %.4g; %d versions between the first and the last sample",
                        sums[0],
                        (long) (samples.get(samples.size() - 1).version()
                                - samples.get(0).version()))));
    }

    private static void write(Path folder, List<Sample> samples) throws IOException {
        StringBuilder csv = new StringBuilder("minutes,heap_mb,nodes,listeners,processor_percent,version\n");
        for (Sample s : samples) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.2f,%.0f,%.0f,%.1f,%.0f%n",
                    s.minutes(),
                    s.heapMb(),
                    s.nodes(),
                    s.listeners(),
                    s.processorPercent(),
                    s.version()));
        }
        Files.writeString(folder.resolve("browser-soak.csv"), csv);
    }
}
