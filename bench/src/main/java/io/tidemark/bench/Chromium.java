package io.tidemark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Debian's Chromium, headless, with what it says about a page's cost; {@code probe.js} runs in every page. */
public final class Chromium implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DEADLINE_NANOS = 120_000_000_000L;

    private final ChromeDriver driver;
    private final String first;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
        first = driver.getWindowHandle();
    }

    /** @param profile a folder for its cache and settings */
    public static Chromium open(Path profile) throws IOException {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            throw new IOException(
                    "No " + CHROMIUM + " and " + DRIVER + " here: Debian's chromium and chromium-driver.");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1440,1000",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        Chromium browser = new Chromium(new ChromeDriver(service, options));
        browser.driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
        browser.cdp("Performance.enable", Map.of());
        browser.cdp("Network.enable", Map.of());
        try (InputStream in = Chromium.class.getResourceAsStream("probe.js")) {
            String probe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            browser.cdp("Page.addScriptToEvaluateOnNewDocument", Map.of("source", probe));
        }
        return browser;
    }

    /** Shows a page and waits until the numbers of a version are on it. */
    public void visit(URI page) throws IOException {
        driver.get(page.toString());
        await("tidemarkProbe.numbers !== null && document.readyState === 'complete'");
    }

    /** Forgets what it has in its cache. */
    public void forget() {
        cdp("Network.clearBrowserCache", Map.of());
    }

    /** Puts a line of some length and width between itself and the service. */
    public void line(double latencyMillis, double megabitsASecond) {
        conditions(latencyMillis, megabitsASecond * 1e6 / 8);
    }

    /** Takes that line away again. */
    public void noLine() {
        conditions(0, -1);
    }

    private void conditions(double latencyMillis, double bytesASecond) {
        cdp(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline",
                        false,
                        "latency",
                        latencyMillis,
                        "downloadThroughput",
                        bytesASecond,
                        "uploadThroughput",
                        bytesASecond));
    }

    /** The value of an expression of the page. */
    public JsonNode value(String expression) throws IOException {
        return JSON.readTree((String) driver.executeScript("return JSON.stringify(" + expression + ")"));
    }

    public void run(String script) {
        driver.executeScript(script);
    }

    public void await(String condition) throws IOException {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!Boolean.TRUE.equals(driver.executeScript("return " + condition))) {
            if (System.nanoTime() > end) {
                throw new IOException("It never came true in the page: " + condition);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** What the browser counts of the page since it was opened: seconds of tasks, scripts and layout, heap, nodes, listeners. */
    public Map<String, Double> metrics() {
        Map<String, Double> all = new HashMap<>();
        for (Object metric : (List<?>) cdp("Performance.getMetrics", Map.of()).get("metrics")) {
            Map<?, ?> pair = (Map<?, ?>) metric;
            all.put((String) pair.get("name"), ((Number) pair.get("value")).doubleValue());
        }
        return all;
    }

    public void collectGarbage() {
        cdp("HeapProfiler.collectGarbage", Map.of());
    }

    /** Opens an empty tab over the page, which is hidden then, or closes it again. */
    public void hide(boolean hidden) {
        if (hidden) {
            driver.switchTo().newWindow(WindowType.TAB);
        } else {
            driver.close();
            driver.switchTo().window(first);
        }
    }

    /** Seconds of processor time of all renderers of this browser so far. */
    public double rendererSeconds() {
        return ProcessHandle.current()
                .descendants()
                .filter(Chromium::isRenderer)
                .mapToDouble(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3)
                .sum();
    }

    /** By what Linux knows: of long command lines Java knows nothing. */
    private static boolean isRenderer(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains("--type=renderer");
        } catch (IOException e) {
            return false; // It has ended.
        }
    }

    private Map<String, Object> cdp(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
