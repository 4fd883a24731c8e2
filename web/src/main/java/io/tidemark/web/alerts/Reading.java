package io.tidemark.web.alerts;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a measure said at one moment.
 *
 * @param value empty if there is none: no version is served yet, or it is a percentage of nothing
 * @param word in place of the number for people, where there is one
 * @param version of the table; -1 before there is one
 * @param epoch null before there is one
 * @param at when
 */
record Reading(OptionalDouble value, Optional<String> word, long version, String epoch, Instant at) {

    static Reading of(OptionalDouble value, Facts facts) {
        return new Reading(
                value,
                Optional.empty(),
                facts.state().map(state -> state.version()).orElse(-1L),
                facts.state().map(state -> state.epoch()).orElse(null),
                facts.now());
    }

    Reading withWord(String text) {
        return new Reading(value, Optional.of(text), version, epoch, at);
    }

    /** The same value, read again later. */
    Reading at(Instant later) {
        return new Reading(value, word, version, epoch, later);
    }
}
