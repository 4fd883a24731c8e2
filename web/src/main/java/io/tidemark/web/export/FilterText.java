package io.tidemark.web.export;

import io.tidemark.views.cube.Filter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A filter as the parameters of a query that give it, always in the same order. */
public final class FilterText {

    private FilterText() {}

    /** Empty for all rows. */
    public static String of(Filter filter) {
        List<String> parameters = new ArrayList<>();
        filter.from().ifPresent(from -> parameters.add("from=" + from));
        filter.to().ifPresent(to -> parameters.add("to=" + to));
        for (Map.Entry<String, Set<Optional<String>>> dimension : new TreeMap<>(filter.values()).entrySet()) {
            String name = escape(dimension.getKey());
            dimension.getValue().stream()
                    .flatMap(Optional::stream)
                    .sorted()
                    .forEach(value -> parameters.add(name + "=" + escape(value)));
            if (dimension.getValue().contains(Optional.<String>empty())) {
                parameters.add("null=" + name);
            }
        }
        return String.join("&", parameters);
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
