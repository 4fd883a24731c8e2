package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The inner loops by JMH, each in a process of its own. */
final class Loops implements Case {

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public String about() {
        return "the inner loops by JMH: unpacking, runs, hours, counting, blocks of hours, roll-up under a filter";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io\\.tidemark\\..*Loops\\.")
                        .forks(1)
                        .warmupIterations(setting.pick(2, 5, 5))
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(setting.pick(3, 5, 10))
                        .measurementTime(TimeValue.seconds(1))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            report.add(Line.number(
                            name(),
                            name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                            result.getPrimaryResult().getScore(),
                            "ns",
                            null)
                    .noting(String.format(
                            java.util.Locale.ROOT,
                            "± %.2g",
                            result.getPrimaryResult().getScoreError())));
        }
    }
}
