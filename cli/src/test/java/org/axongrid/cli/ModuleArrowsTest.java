package org.axongrid.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows between the modules: the emulator and the mapper meet only in the ISA, so that
 * either can be replaced without the other noticing.
 *
 * <p>It sits in this module because the command line is the one place that sees all of the others.
 */
class ModuleArrowsTest {

    private static final String OURS = "org.axongrid..";
    private static final String ISA = "org.axongrid.isa..";
    private static final String EMULATOR = "org.axongrid.emulator..";
    private static final String MAPPER = "org.axongrid.mapper..";
    private static final String CLI = "org.axongrid.cli..";
    private static final String BENCHMARKS = "org.axongrid.benchmarks..";

    private static JavaClasses ours;

    @BeforeAll
    static void readClasses() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.axongrid");
    }

    @Test
    void isaUsesNoneOfTheOthers() {
        check(noClasses().that().resideInAPackage(ISA)
                .should().dependOnClassesThat().resideInAnyPackage(EMULATOR, MAPPER, CLI, BENCHMARKS));
    }

    @Test
    void emulatorUsesOnlyTheIsa() {
        check(noClasses().that().resideInAPackage(EMULATOR)
                .should().dependOnClassesThat().resideInAnyPackage(MAPPER, CLI, BENCHMARKS));
    }

    @Test
    void mapperUsesOnlyTheIsa() {
        check(noClasses().that().resideInAPackage(MAPPER)
                .should().dependOnClassesThat().resideInAnyPackage(EMULATOR, CLI, BENCHMARKS));
    }

    @Test
    void nothingUsesTheCommandLineOrTheBenchmarks() {
        check(noClasses().that().resideOutsideOfPackages(CLI, BENCHMARKS)
                .should().dependOnClassesThat().resideInAnyPackage(CLI, BENCHMARKS));
        check(noClasses().that().resideInAPackage(CLI)
                .should().dependOnClassesThat().resideInAPackage(BENCHMARKS));
    }

    @Test
    void everyClassIsInAKnownModule() {
        check(classes().that().resideInAPackage(OURS)
                .should().resideInAnyPackage(ISA, EMULATOR, MAPPER, CLI, BENCHMARKS));
    }

    /** Every package is a slice of its own, the root packages of the modules included. */
    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("org.axongrid.(**)").should().beFreeOfCycles());
    }

    /** A module may be empty, and then a rule about it holds. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(ours);
    }
}
