package io.tidemark.web.alerts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Collectors;

/** Alerts in words, for messages that people read elsewhere than on the page. */
final class AlertWords {

    private AlertWords() {}

    /** Such as {@code few orders is firing: 7 events in the last hour, below 10}. */
    static String of(Alert alert, AlertStatus status) {
        String says = status.isFiring() ? " is firing: " : " is all right: ";
        return alert.name() + says + measured(alert, status.last()) + limit(alert);
    }

    private static String measured(Alert alert, Reading reading) {
        if (reading == null) {
            return "not measured yet";
        }
        String value = reading.word()
                .orElseGet(() ->
                        reading.value().isPresent() ? number(reading.value().getAsDouble()) : "no value");
        Measure measure = alert.measure();
        if (measure instanceof Measure.Value counted) {
            String what =
                    counted.of() == Measure.Total.NO_TIME ? "events without a time" : Measure.nameOf(counted.of());
            return value
                    + ' '
                    + what
                    + (counted.hours().isPresent() ? lastHours(counted.hours().getAsInt()) : "");
        }
        if (measure instanceof Measure.Change change) {
            return value + (change.percent() ? " % change" : " events of change") + lastHours(change.hours());
        }
        if (measure instanceof Measure.Freshness fresh) {
            return value + (fresh.of() == Measure.Since.BEHIND ? " seconds behind" : " seconds since the last commit");
        }
        return "the table is " + value;
    }

    private static String lastHours(int hours) {
        return hours == 1 ? " in the last whole hour" : " in the last " + hours + " whole hours";
    }

    private static String limit(Alert alert) {
        if (alert.measure() instanceof Measure.State state) {
            return ", told of: "
                    + state.states().stream().map(Measure::nameOf).sorted().collect(Collectors.joining(", "));
        }
        return (alert.limit().above() ? ", allowed up to " : ", allowed from ")
                + number(alert.limit().threshold());
    }

    static String number(double value) {
        BigDecimal shown = BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }
}
