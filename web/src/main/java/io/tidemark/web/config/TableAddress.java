package io.tidemark.web.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table to follow.
 *
 * @param name in paths: letters, digits, dashes and underscores
 * @param uri as the user wrote it: {@code s3://}, {@code s3a://}, {@code file://}, or a path
 */
public record TableAddress(String name, String uri) {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9_-]{1,64})=(.+)", Pattern.DOTALL);

    /** Reads {@code URI} or {@code name=URI}; without a name, the last part of the URI is the name. */
    public static TableAddress parse(String text) {
        Matcher named = NAMED.matcher(text.strip());
        if (named.matches()) {
            return new TableAddress(named.group(1), named.group(2));
        }
        String uri = text.strip();
        if (uri.isEmpty()) {
            throw new ConfigException("The table's URI is empty. Example: --table s3://bucket/path/to/table");
        }
        String last = uri.replaceFirst("[/\\\\]+$", "").replaceFirst("^.*[/\\\\]", "");
        String name = last.replaceAll("[^A-Za-z0-9_-]", "-");
        return new TableAddress(name.isEmpty() ? "table" : name.substring(0, Math.min(64, name.length())), uri);
    }

    /** Reads several; an environment variable may hold several as well, {@code name=URI} each, with spaces between. */
    public static List<TableAddress> parseAll(List<String> texts) {
        List<TableAddress> tables = new ArrayList<>();
        for (String text : texts) {
            String[] parts = text.strip().split("\\s+");
            boolean several = parts.length > 1;
            for (String part : parts) {
                several &= NAMED.matcher(part).matches();
            }
            for (String part : several ? parts : new String[] {text}) {
                tables.add(parse(part));
            }
        }
        Set<String> names = new HashSet<>();
        for (TableAddress table : tables) {
            if (!names.add(table.name())) {
                throw new ConfigException("Two tables are called '" + table.name()
                        + "'. Give them names: --table first=URI --table second=URI");
            }
        }
        return List.copyOf(tables);
    }
}
