package io.tidemark.bench;

import io.tidemark.bench.cases.AllCases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs benchmarks and prints a table of medians, ratios and goals:
 *
 * <pre>
 * java -jar bench/target/bench.jar [--list] [--quick | --full] [--rounds N] [--json FILE] [--folder DIR] [case…]
 * </pre>
 *
 * Without a case, all of those that take minutes. Exits with 1 if contenders disagree, never because of a time.
 */
public final class Bench {
    private static final Logger QUIET = Logger.getLogger("");

    private final List<Case> chosen = new ArrayList<>();
    private Setting.Size size = Setting.Size.DEFAULT;
    private int rounds = 7;
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"), "tidemark-bench");
    private Optional<Path> json = Optional.empty();
    private boolean list;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        // Libraries tell of what they do; the tables are what is printed here.
        QUIET.setLevel(Level.SEVERE);
        Bench bench = new Bench();
        try {
            bench.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        System.exit(bench.list ? list() : bench.run());
    }

    private void parse(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--list" -> list = true;
                case "--quick" -> size = Setting.Size.QUICK;
                case "--full" -> size = Setting.Size.FULL;
                case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
                case "--json" -> json = Optional.of(Path.of(value(arguments, ++i)));
                case "--folder" -> folder = Path.of(value(arguments, ++i)).toAbsolutePath();
                default -> choose(argument);
            }
        }
    }

    private void choose(String name) {
        List<Case> found = AllCases.named(name);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("There is no case '" + name + "'. --list shows all of them.");
        }
        chosen.addAll(found);
    }

    private static String value(String[] arguments, int i) {
        if (i >= arguments.length) {
            throw new IllegalArgumentException(arguments[i - 1] + " needs a value.");
        }
        return arguments[i];
    }

    private static int list() {
        AllCases.all().forEach(each -> System.out.printf("%-12s %s%n", each.name(), each.about()));
        return 0;
    }

    private int run() throws Exception {
        Setting setting = new Setting(folder, size, rounds);
        Report report = new Report(System.out);
        boolean wrong = false;
        for (Case each : chosen.isEmpty() ? AllCases.usual() : chosen) {
            report.say(each.name());
            try {
                each.run(setting, report);
            } catch (WrongOutputException e) {
                wrong = true;
                System.err.println(each.name() + " disagrees: " + e.getMessage());
            }
            if (json.isPresent()) {
                report.write(json.get());
            }
        }
        System.err.println(report.missed() + " goals missed");
        return wrong ? 1 : 0;
    }
}
