package io.tidemark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may import whom. Data flows log → commit → contribution → delta → cube and store → push, and imports follow it: a
 * package knows only those before it, and each outside library has one home.
 */
@AnalyzeClasses(packages = "io.tidemark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String INGEST = "io.tidemark.ingest..";
    private static final String VIEWS = "io.tidemark.views..";
    private static final String WEB = "io.tidemark.web..";
    private static final String MAIN = "io.tidemark";

    @ArchTest
    static final ArchRule INGEST_KNOWS_NEITHER_VIEWS_NOR_WEB = noClasses()
            .that()
            .resideInAPackage(INGEST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(VIEWS, WEB, MAIN);

    @ArchTest
    static final ArchRule VIEWS_DO_NOT_KNOW_WEB = noClasses()
            .that()
            .resideInAPackage(VIEWS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WEB, MAIN);

    @ArchTest
    static final ArchRule CUBE_IS_PURE = classes()
            .that()
            .resideInAPackage("io.tidemark.views.cube..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.tidemark.views.cube..")
            .because("it is values and arithmetic, the same in both engines")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ANALYSIS_IS_PURE = classes()
            .that()
            .resideInAPackage("io.tidemark.views.analysis..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.tidemark.views.analysis..")
            .because("it is arithmetic; who reads rows is views.query");

    @ArchTest
    static final ArchRule VERTX_ONLY_IN_WEB = onlyIn("io.vertx..", WEB);

    /** In the stream package, only to bound the memory of Kafka Streams' own stores. */
    @ArchTest
    static final ArchRule ROCKSDB_ONLY_IN_THE_STORE =
            onlyIn("org.rocksdb..", "io.tidemark.views.store..", "io.tidemark.views.stream..");

    @ArchTest
    static final ArchRule ROCKSDB_IN_STREAMS_ONLY_FOR_ITS_SETTINGS = noClasses()
            .that()
            .resideInAPackage("io.tidemark.views.stream..")
            .and()
            .doNotHaveSimpleName("StreamStores")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..");

    @ArchTest
    static final ArchRule KAFKA_ONLY_AT_THE_SOURCE_AND_IN_THE_STREAMS =
            onlyIn("org.apache.kafka..", "io.tidemark.ingest.source..", "io.tidemark.views.stream..");

    @ArchTest
    static final ArchRule KERNEL_ONLY_IN_THE_LOG =
            onlyIn("io.delta.kernel..", "io.tidemark.ingest.log..", "io.tidemark.ingest.scan..");

    @ArchTest
    static final ArchRule SCAN_USES_KERNEL_FOR_DELETION_VECTORS_ONLY = noClasses()
            .that()
            .resideInAPackage("io.tidemark.ingest.scan..")
            .and()
            .haveSimpleNameNotStartingWith("DeletionVector")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.delta.kernel..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule STANDALONE_ONLY_WRITES_AND_CHECKS =
            onlyIn("io.delta.standalone..", "io.tidemark.ingest.generate..", "io.tidemark.views.verify..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.tidemark.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().should().haveNameMatching(".*(Utils?|Impl|Manager)").allowEmptyShould(true);

    private static ArchRule onlyIn(String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }
}
