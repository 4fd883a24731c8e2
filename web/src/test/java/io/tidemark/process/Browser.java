package io.tidemark.process;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium, headless, on one page. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Opens a page; the test is skipped where there is no browser. */
    static Browser open(URI page, Path profile) {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no " + CHROMIUM + " and " + DRIVER + " here (Debian packages chromium and chromium-driver)");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1440,2000",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        browser.driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
        browser.driver.get(page.toString());
        return browser;
    }

    /** Result of a script's {@code return}, as Selenium puts it into Java: numbers are longs, arrays lists. */
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What a promise, the value of an expression, comes to. */
    Object later(String promise, Object... arguments) {
        return driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1]; (" + promise + ").then(done, (e) => done([String(e)]))",
                arguments);
    }

    void go(URI page) {
        driver.get(page.toString());
    }

    void awaitScript(String condition, Object... arguments) {
        new WebDriverWait(driver, Duration.ofSeconds(60), Duration.ofMillis(50))
                .withMessage(() -> condition + " did not come true; console: " + console())
                .until(any -> Boolean.TRUE.equals(script("return " + condition, arguments)));
    }

    /** A click of the pointer in the middle of the first element that fits, which is brought into view. */
    void click(String selector) {
        awaitScript("document.querySelector(arguments[0]) !== null", selector);
        script("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector);
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Keys for the element that has the focus. */
    void keys(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Drags the pointer over an element, from one part of its width to another. */
    void drag(String selector, double from, double to) {
        script("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector);
        WebElement element = driver.findElement(By.cssSelector(selector));
        int width = element.getSize().getWidth();
        new Actions(driver)
                .moveToElement(element, (int) ((from - 0.5) * width), 0)
                .clickAndHold()
                .moveToElement(element, (int) (((from + to) / 2 - 0.5) * width), 0)
                .moveToElement(element, (int) ((to - 0.5) * width), 0)
                .release()
                .perform();
    }

    /** A command of the browser's own protocol. */
    void tell(String command, Map<String, Object> parameters) {
        driver.executeCdpCommand(command, parameters);
    }

    /** Width and height of what the page sees as its window. */
    void resize(int width, int height) {
        tell(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Puts an empty tab over the page, does something, and takes the tab away again. */
    void whileHidden(Runnable work) {
        String page = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        try {
            work.run();
        } finally {
            driver.close();
            driver.switchTo().window(page);
        }
    }

    /** What the page wrote to the console, refused scripts and styles among it. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    void screenshot(Path file) throws java.io.IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
