// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class TranscriptRoomTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.hotlog.agents");

    @Test
    void aReaderKnowsNeitherTheLogNorTheOtherRooms() {
        noClasses()
                .that()
                .resideInAPackage("dev.hotlog.agents.transcript..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hotlog.log..",
                        "dev.hotlog.agents.ingest..",
                        "dev.hotlog.agents.watch..",
                        "dev.hotlog.agents.hooks..",
                        "dev.hotlog.agents.history..",
                        "dev.hotlog.agents.report..")
                .check(CLASSES);
    }

    @Test
    void whatStaysIsBuiltOnTheImportAndNotTheOtherWayRound() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.hotlog.agents.watch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hotlog.agents.watch")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("dev.hotlog.agents.ingest", "dev.hotlog.agents.watch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hotlog.agents.hooks")
                .check(CLASSES);
    }

    @Test
    void aReaderKnowsNoOtherAgentsReader() {
        slices().matching("dev.hotlog.agents.transcript.(*)")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.hotlog.agents.transcript")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hotlog.agents.transcript.*..")
                .check(CLASSES);
    }
}
