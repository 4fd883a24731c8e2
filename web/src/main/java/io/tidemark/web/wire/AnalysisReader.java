package io.tidemark.web.wire;

import io.tidemark.views.analysis.CohortQuery;
import io.tidemark.views.analysis.CohortUnit;
import io.tidemark.views.analysis.FunnelQuery;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Understands analyses as clients write them. */
public final class AnalysisReader {
    /** Names of the parameters of a funnel, beside the filter's. */
    public static final Set<String> FUNNEL = Set.of("step", "by", "within");

    /** Names of the parameters of cohorts, beside the filter's. */
    public static final Set<String> COHORT = Set.of("unit", "of");

    private static final String BAD_PARAMETER = "bad-parameter";
    private static final Duration LONGEST = Duration.ofDays(36_600);

    private final CubeSpec spec;

    public AnalysisReader(CubeSpec spec) {
        this.spec = spec;
    }

    /** True if there are ids, times and a dimension, which a funnel is of. */
    public static boolean hasFunnel(CubeSpec spec) {
        return spec.timeColumn().isPresent()
                && spec.distinctColumn().isPresent()
                && usualSteps(spec).isPresent();
    }

    /** True if there are times. */
    public static boolean hasCohorts(CubeSpec spec) {
        return spec.timeColumn().isPresent();
    }

    /** The dimension whose values steps are, if no other is named: what is called type, or else the second one, or the first. */
    public static Optional<String> usualSteps(CubeSpec spec) {
        List<String> names = spec.dimensions().stream().map(Dimension::name).toList();
        if (names.contains("type")) {
            return Optional.of("type");
        }
        return names.stream().limit(2).reduce((first, second) -> second);
    }

    /**
     * Reads a funnel; only where there are any.
     *
     * @param parameters by name; others than {@link #FUNNEL} are not looked at
     * @throws BadRequestException if it cannot be understood
     */
    public FunnelQuery funnel(Map<String, List<String>> parameters) {
        List<String> steps = parameters.getOrDefault("step", List.of());
        if (steps.size() < FunnelQuery.LEAST_STEPS || steps.size() > FunnelQuery.MOST_STEPS) {
            throw new BadRequestException(
                    BAD_PARAMETER,
                    "A funnel has " + FunnelQuery.LEAST_STEPS + " to " + FunnelQuery.MOST_STEPS + " steps, and not "
                            + steps.size() + ". They are given in order: step=…&step=…");
        }
        String by = one(parameters, "by").orElseGet(() -> usualSteps(spec).orElseThrow());
        if (spec.dimensions().stream().noneMatch(dimension -> dimension.name().equals(by))) {
            throw new BadRequestException(
                    BAD_PARAMETER,
                    "'by' names a dimension, and there is none called '" + by + "'. Dimensions: "
                            + String.join(
                                    ", ",
                                    spec.dimensions().stream()
                                            .map(Dimension::name)
                                            .toList())
                            + ".");
        }
        return new FunnelQuery(by, steps, one(parameters, "within").map(AnalysisReader::within));
    }

    private static Duration within(String text) {
        try {
            Duration within = Duration.parse(text);
            if (within.compareTo(Duration.ofNanos(1_000)) >= 0 && within.compareTo(LONGEST) <= 0) {
                return within;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw new BadRequestException(
                BAD_PARAMETER,
                "'within' is a length of time such as PT30M, PT12H or P7D, of a microsecond to 36600 days.");
    }

    /**
     * Reads cohorts; only where there are times.
     *
     * @param parameters by name; others than {@link #COHORT} are not looked at
     * @throws BadRequestException if it cannot be understood
     */
    public CohortQuery cohorts(Map<String, List<String>> parameters) {
        String word = one(parameters, "unit").orElse(CohortUnit.DAY.word());
        CohortUnit unit = Arrays.stream(CohortUnit.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new BadRequestException(BAD_PARAMETER, "'unit' is day or week."));
        String of = one(parameters, "of")
                .or(spec::distinctColumn)
                .orElseThrow(() -> new BadRequestException(
                        BAD_PARAMETER,
                        "'of' names the column whose values are counted; no distinct column is configured."));
        return new CohortQuery(unit, of);
    }

    private static Optional<String> one(Map<String, List<String>> parameters, String name) {
        List<String> given = parameters.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw new BadRequestException(BAD_PARAMETER, "'" + name + "' is given more than once.");
        }
        return given.stream().findFirst();
    }
}
