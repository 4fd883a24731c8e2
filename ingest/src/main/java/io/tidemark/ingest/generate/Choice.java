package io.tidemark.ingest.generate;

import java.util.ArrayList;
import java.util.List;

/** Some values, each with a weight. Picks in constant time from a table of 1,024 slots: weights count to a tenth of a per cent. */
final class Choice<T> {
    private static final int SLOTS = 1024;

    private final List<T> slots;

    private Choice(List<T> slots) {
        this.slots = slots;
    }

    static <T> Builder<T> of(double weight, T value) {
        return new Builder<T>().or(weight, value);
    }

    T pick(Dice dice) {
        return slots.get(dice.below(SLOTS));
    }

    static final class Builder<T> {
        private final List<T> values = new ArrayList<>();
        private final List<Double> weights = new ArrayList<>();

        /** @param value may be null */
        Builder<T> or(double weight, T value) {
            values.add(value);
            weights.add(weight);
            return this;
        }

        Choice<T> build() {
            double total = weights.stream().mapToDouble(Double::doubleValue).sum();
            List<T> slots = new ArrayList<>(SLOTS);
            double upTo = 0;
            for (int i = 0; i < values.size(); i++) {
                upTo += weights.get(i) / total * SLOTS;
                while (slots.size() < Math.round(upTo)) {
                    slots.add(values.get(i));
                }
            }
            return new Choice<>(slots);
        }
    }
}
