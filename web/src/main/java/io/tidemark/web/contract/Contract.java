package io.tidemark.web.contract;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.web.wire.AnalysisReader;
import io.tidemark.web.wire.ViewNames;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI document as it is served: that of the class path, completed for the dimensions that are configured.
 *
 * @param yaml the text
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1</a>
 */
public record Contract(String yaml) {
    private static final Template TEMPLATE = new Template(resource());

    /**
     * @param prefix of the table's paths, without a slash at its end; empty for the first table, whose document has the paths
     *     of the process, too
     * @param version of this program
     */
    public static Contract of(CubeSpec spec, String prefix, String version) {
        List<String> names = spec.dimensions().stream().map(Dimension::name).toList();
        Map<String, String> values = new HashMap<>();
        values.put("version", version);
        values.put("server", prefix.isEmpty() ? "/" : prefix);
        values.put("first", names.isEmpty() ? "from" : names.get(0));
        values.put("second", names.size() < 2 ? "" : names.get(1));
        values.put("steps", AnalysisReader.usualSteps(spec).orElse(""));
        values.put("views", String.join(", ", ViewNames.all(spec)));
        values.put("viewList", quoted(ViewNames.all(spec)));
        values.put("dimensionList", quoted(names));
        List<Map<String, String>> dimensions = new ArrayList<>();
        for (Dimension dimension : spec.dimensions()) {
            dimensions.add(Map.of("dimension", dimension.name(), "column", within(dimension.column())));
        }
        return new Contract(TEMPLATE.complete(words(spec, prefix), values, dimensions));
    }

    /** The same as JSON, made anew; takes some 50 ms, and ten times as long in a process that has just begun. */
    public JsonObject json() {
        // Through text: what YAML shares by an alias is a value of its own in each place then.
        return new JsonObject(tree().encode());
    }

    /** To be read only: what YAML shares by an alias is one value in all its places. */
    JsonObject tree() {
        Map<String, Object> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        return new JsonObject(tree);
    }

    private static Set<String> words(CubeSpec spec, String prefix) {
        Set<String> words = new HashSet<>();
        Set<String> views = ViewNames.all(spec);
        if (views.contains(ViewNames.HOURLY)) {
            words.add("time");
        }
        if (AnalysisReader.hasFunnel(spec)) {
            words.add("funnel");
        }
        if (spec.distinctColumn().isPresent()) {
            words.add("distinct");
        }
        if (views.contains(ViewNames.HEATMAP)) {
            words.add("heatmap");
        }
        if (!spec.dimensions().isEmpty()) {
            words.add("dimensions");
        }
        if (prefix.isEmpty()) {
            words.add("root");
        }
        return words;
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    }

    /** A column's name, which may hold anything, for between the quotes of YAML, which knows all escapes of JSON. */
    private static String within(String column) {
        String json = new JsonObject().put("c", column).encode();
        return json.substring("{\"c\":\"".length(), json.length() - "\"}".length())
                .replace("{", "\\x7B");
    }

    private static String resource() {
        try (InputStream in = Contract.class.getClassLoader().getResourceAsStream("openapi.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
