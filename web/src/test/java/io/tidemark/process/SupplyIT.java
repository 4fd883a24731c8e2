package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the jar says of what is in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupplyIT {
    private static final Pattern PINNED = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern FINE =
            Pattern.compile("Apache|MIT|BSD|EPL|Eclipse (?:Public|Distribution)|EDL|CC0|CDDL");

    private JsonNode bill;
    private String list;
    /** Versions in the bill by group and name. */
    private final Map<String, String> libraries = new TreeMap<>();

    @BeforeAll
    void read() throws Exception {
        try (JarFile jar = new JarFile(TidemarkProcess.jar().toFile())) {
            boolean there = jar.getEntry("META-INF/sbom/tidemark.cdx.json") != null;
            assumeTrue(there, "the jar was built without -Psbom, or offline: it holds no bill of materials");
            bill = new ObjectMapper().readTree(bytes(jar, "META-INF/sbom/tidemark.cdx.json"));
            list = new String(bytes(jar, "META-INF/THIRD-PARTY.txt"), StandardCharsets.UTF_8);
        }
        for (JsonNode component : bill.path("components")) {
            if (!component.path("group").asText().equals("io.tidemark")) {
                libraries.put(
                        component.path("group").asText() + ":"
                                + component.path("name").asText(),
                        component.path("version").asText());
            }
        }
    }

    private static byte[] bytes(JarFile jar, String entry) throws Exception {
        try (InputStream content = jar.getInputStream(jar.getEntry(entry))) {
            return content.readAllBytes();
        }
    }

    @Test
    void theBillAndTheListNameTheSameLibraries() {
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(libraries)
                .hasSizeGreaterThan(80)
                .containsKeys(
                        "io.netty:netty-handler",
                        "org.rocksdb:rocksdbjni",
                        "org.webjars.npm:chart.js",
                        "org.webjars:swagger-ui",
                        "org.apache.kafka:kafka-streams");
        assertThat(libraries.keySet()).as("tests' libraries are not in it").noneMatch(name -> name.contains("junit"));
        TreeSet<String> billed = new TreeSet<>();
        libraries.forEach((name, version) -> billed.add(name + ":" + version));
        TreeSet<String> listed = new TreeSet<>();
        Pattern.compile("\\(([\\w.-]+:[\\w.-]+:[\\w.-]+) - ")
                .matcher(list)
                .results()
                .map(found -> found.group(1))
                .forEach(listed::add);
        assertThat(listed).isEqualTo(billed);
    }

    @Test
    void everyLibraryHasALicenceThatIsFine() {
        assertThat(list.lines().filter(line -> line.strip().startsWith("(")))
                .hasSizeGreaterThan(80)
                .allSatisfy(line -> assertThat(line).containsPattern(FINE));
        assertThat(list).doesNotContainIgnoringCase("unknown license");
    }

    @Test
    void whatIsPinnedIsWhatIsThere() throws Exception {
        String pom = Files.readString(Path.of("..", "pom.xml"));
        String managed = pom.substring(pom.indexOf("<dependencyManagement>"), pom.indexOf("</dependencyManagement>"));
        int compared = 0;
        for (MatchResult pin : PINNED.matcher(managed.replaceAll("<!--[\\s\\S]*?-->", ""))
                .results()
                .toList()) {
            String version = pin.group(3);
            if (version.startsWith("${")) {
                String property = version.substring(2, version.length() - 1);
                version = pom.split("<" + Pattern.quote(property) + ">")[1].split("<")[0];
            }
            String there = libraries.get(pin.group(1) + ":" + pin.group(2));
            if (there != null) {
                assertThat(there).as(pin.group(2)).isEqualTo(version);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20);
        assertThat(libraries.values()).noneMatch(version -> version.contains("SNAPSHOT") || version.contains("["));
    }

    @Test
    void nothingInTheBillIsOfTheMomentOrTheMachineOfItsBuild() {
        assertThat(bill.has("serialNumber")).isFalse();
        assertThat(bill.path("metadata").path("timestamp").asText("2026-01-01T00:00:00Z"))
                .isEqualTo("2026-01-01T00:00:00Z");
    }
}
