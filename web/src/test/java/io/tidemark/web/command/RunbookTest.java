package io.tidemark.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runbook quotes the product, and the product still says so. */
class RunbookTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    @Test
    void everyReasonThatIsExplainedIsOneThatIsGiven() throws IOException {
        String runbook = Files.readString(ROOT.resolve("docs/operations.md"));
        String reasons =
                runbook.substring(runbook.indexOf("| reason has |"), runbook.indexOf("*Failed* has one reason"));
        List<String> quoted = reasons.lines()
                .skip(2)
                .filter(line -> line.startsWith("|"))
                .map(line -> line.split("\\|")[1])
                .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
                .map(found -> found.group(1))
                .toList();
        assertThat(quoted).hasSizeGreaterThan(30);

        String said = said();
        assertThat(quoted).allSatisfy(quote -> assertThat(said).contains(quote));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path file : List.of(ROOT.resolve("docs/operations.md"), ROOT.resolve("deploy/kubernetes/README.md"))) {
            Pattern.compile("]\\(([^)#]+)")
                    .matcher(Files.readString(file))
                    .results()
                    .map(found -> file.resolveSibling(found.group(1)).normalize())
                    .forEach(target -> assertThat(target).exists());
        }
    }

    /** All strings of the sources, those that are put together by a plus as one. */
    private static String said() throws IOException {
        try (Stream<Path> ingest = Files.walk(ROOT.resolve("ingest/src/main/java"));
                Stream<Path> views = Files.walk(ROOT.resolve("views/src/main/java"))) {
            return Stream.concat(ingest, views)
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(RunbookTest::read)
                    .map(text -> text.replaceAll("\"\\s*\\+\\s*\"", ""))
                    .flatMap(text -> STRING.matcher(text).results().map(found -> found.group(1)))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
