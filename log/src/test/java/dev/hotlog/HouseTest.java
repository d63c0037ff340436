// SPDX-License-Identifier: Apache-2.0
package dev.hotlog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The walls of the engine, as docs/design.md draws them.
class HouseTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.hotlog.event", "dev.hotlog.log");

    @Test
    void arrowsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("face")
                .definedBy("dev.hotlog.log")
                .layer("commit")
                .definedBy("dev.hotlog.log.commit")
                .layer("recovery")
                .definedBy("dev.hotlog.log.recovery")
                .layer("segment")
                .definedBy("dev.hotlog.log.segment")
                .layer("index")
                .definedBy("dev.hotlog.log.index")
                .layer("format")
                .definedBy("dev.hotlog.log.format")
                .layer("storage")
                .definedBy("dev.hotlog.log.storage")
                .layer("event")
                .definedBy("dev.hotlog.event")
                .whereLayer("face")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("commit")
                .mayOnlyBeAccessedByLayers("face")
                .whereLayer("recovery")
                .mayOnlyBeAccessedByLayers("face", "commit")
                .whereLayer("segment")
                .mayOnlyBeAccessedByLayers("face", "commit", "recovery")
                .whereLayer("index")
                .mayOnlyBeAccessedByLayers("face", "commit", "recovery", "segment")
                .whereLayer("format")
                .mayOnlyBeAccessedByLayers("face", "commit", "recovery", "segment", "index")
                .whereLayer("storage")
                .mayOnlyBeAccessedByLayers("face", "commit", "recovery", "segment")
                .whereLayer("event")
                .mayOnlyBeAccessedByLayers("face", "commit", "recovery", "segment", "index", "format", "storage")
                .check(CLASSES);
    }

    @Test
    void thereAreNoCircles() {
        slices().matching("dev.hotlog.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theFormatKnowsNoFilesThreadsOrClocks() {
        noClasses()
                .that()
                .resideInAPackage("dev.hotlog.log.format")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..", "java.nio.channels..", "java.io..", "java.time..", "java.util.concurrent..")
                .check(CLASSES);
    }

    @Test
    void onlyTheStorageRoomTouchesTheDisk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.hotlog.log.storage")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.nio\\.(channels\\..*|file\\.Files)|java\\.io\\.(File|FileInputStream|FileOutputStream|RandomAccessFile)")
                .check(CLASSES);
    }

    @Test
    void theEngineNeedsTheJdkOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.hotlog..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.hotlog..", "java..", "org.jspecify..")
                .check(CLASSES);
    }
}
