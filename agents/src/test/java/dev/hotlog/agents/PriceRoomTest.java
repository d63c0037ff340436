// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PriceRoomTest {
    @Test
    void pricesKnowNeitherTheLogNorTheOtherRooms() {
        noClasses()
                .that()
                .resideInAPackage("dev.hotlog.agents.price")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hotlog.log..",
                        "dev.hotlog.agents.transcript..",
                        "dev.hotlog.agents.ingest..",
                        "dev.hotlog.agents.history..",
                        "dev.hotlog.agents.report..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.hotlog.agents.price"));
    }
}
