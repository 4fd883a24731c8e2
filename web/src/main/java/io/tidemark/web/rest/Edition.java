package io.tidemark.web.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page's files as they are in this jar, by a name that changes with their contents. It is part of their addresses on the
 * page, {@code js/<name>/main.js}, so that a browser keeps them until there are others. Modules find each other by relative
 * addresses and need no change.
 */
final class Edition {
    private static final Pattern ADDRESS = Pattern.compile("(css|js|vendor)/([0-9a-f]{16})/(.+)");
    private static final Pattern REFERENCE = Pattern.compile("(href|src)=\"(css|js|vendor)/");
    private static final String ROOT = "webroot";
    /** Is a script of its own, not a module. */
    private static final String EARLY = "js/theme-early.js";

    private final String name;
    private final List<String> modules;

    private Edition(String name, List<String> modules) {
        this.name = name;
        this.modules = modules;
    }

    /** @param libraries resources of the class path that belong to the page too */
    static Edition of(Collection<String> libraries) {
        ClassLoader loader = Edition.class.getClassLoader();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> names = new ArrayList<>();
        try {
            for (String library : libraries.stream().sorted().toList()) {
                try (InputStream in = loader.getResourceAsStream(library)) {
                    in.transferTo(all);
                }
            }
            URL page = loader.getResource(ROOT + "/index.html");
            if (page.openConnection() instanceof JarURLConnection inJar) {
                try (FileSystem jar =
                        FileSystems.newFileSystem(Path.of(inJar.getJarFileURL().toURI()))) {
                    add(jar.getPath("/" + ROOT), names, all);
                }
            } else {
                add(Path.of(page.toURI()).getParent(), names, all);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        String tag = EntityTag.of(all.toByteArray());
        return new Edition(
                tag.substring(1, tag.length() - 1),
                names.stream()
                        .filter(file -> file.startsWith("js/") && file.endsWith(".js") && !file.equals(EARLY))
                        .toList());
    }

    private static void add(Path root, List<String> names, ByteArrayOutputStream all) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String relative = root.relativize(file).toString().replace('\\', '/');
                names.add(relative);
                all.write(relative.getBytes(StandardCharsets.UTF_8));
                all.write(Files.readAllBytes(file));
            }
        }
    }

    /** The file that an address with an edition's name in it stands for; what has none stands for itself. */
    static String fileOf(String address) {
        Matcher parts = ADDRESS.matcher(address);
        return parts.matches() ? parts.group(1) + '/' + parts.group(3) : address;
    }

    /** True if what is at this address will never change. */
    boolean isFixed(String address) {
        Matcher parts = ADDRESS.matcher(address);
        return parts.matches() && parts.group(2).equals(name);
    }

    /** The page with this edition's addresses; all modules are named in it, so that a browser need not find them one by one. */
    String page(String html) {
        String links = modules.stream()
                .map(module -> "<link rel=\"modulepreload\" href=\"" + module + "\">\n")
                .collect(Collectors.joining());
        return REFERENCE.matcher(html.replace("</head>", links + "</head>")).replaceAll("$1=\"$2/" + name + '/');
    }
}
