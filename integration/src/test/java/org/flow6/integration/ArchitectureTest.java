package org.flow6.integration;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveOnlyFinalFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Random;
import java.util.SplittableRandom;
import org.flow6.flow.FlowApp;
import org.jspecify.annotations.NullMarked;

/** What may use what, and what no code of Flow6 does. */
@AnalyzeClasses(packages = "org.flow6", importOptions = ArchitectureTest.Production.class)
class ArchitectureTest {
    /** Not the tests, as classes or in the jars that other modules' tests use. */
    static final class Production implements ImportOption {
        private final ImportOption noTests = new ImportOption.DoNotIncludeTests();

        @Override
        public boolean includes(Location location) {
            return noTests.includes(location) && !location.contains("-tests.jar");
        }
    }

    private static final String PACKETS = "org.flow6.packets..";
    private static final String NETWORK = "org.flow6.network..";
    private static final String NORTHBOUND = "org.flow6.northbound..";
    private static final String FLOW = "org.flow6.flow..";
    private static final String CORE = "org.flow6.core..";
    private static final String APPS = "org.flow6.apps..";
    private static final String LAUNCHER = "org.flow6.launcher..";

    @ArchTest
    static final ArchRule DEPENDENCIES_RUN_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("packets")
            .definedBy(PACKETS)
            .layer("network")
            .definedBy(NETWORK)
            .layer("northbound")
            .definedBy(NORTHBOUND)
            .layer("flow")
            .definedBy(FLOW)
            .layer("core")
            .definedBy(CORE)
            .layer("apps")
            .definedBy(APPS)
            .layer("launcher")
            .definedBy(LAUNCHER)
            .whereLayer("launcher")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("apps")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("core")
            .mayOnlyBeAccessedByLayers("launcher")
            .whereLayer("northbound")
            .mayOnlyBeAccessedByLayers("launcher")
            .whereLayer("flow")
            .mayOnlyBeAccessedByLayers("core", "apps", "launcher")
            .whereLayer("network")
            .mayOnlyBeAccessedByLayers("northbound", "flow", "core", "apps", "launcher")
            .because(
                    "the launcher finds apps as a third party's are found, and whoever moves a class up a layer moves all"
                            + " that uses it");

    @ArchTest
    static final ArchRule EVERYTHING_IS_IN_A_LAYER =
            classes().should().resideInAnyPackage(PACKETS, NETWORK, NORTHBOUND, FLOW, CORE, APPS, LAUNCHER);

    @ArchTest
    static final ArchRule APPS_DO_NOT_USE_EACH_OTHER =
            slices().matching("org.flow6.apps.(*)..").should().notDependOnEachOther();

    /** The launcher's parts are one program, which knows them and which they call back. */
    @ArchTest
    static final ArchRule PACKAGES_BELOW_THE_LAUNCHER_HAVE_NO_CYCLES = slices().matching("org.flow6.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(resideInAPackage(LAUNCHER), alwaysTrue());

    /**
     * openflowj's address types are the vocabulary of all; its messages and Netty's channels are core's alone. The client of
     * etcd takes Netty's form of certificates.
     */
    @ArchTest
    static final ArchRule ONLY_CORE_SPEAKS_OPENFLOW = noClasses()
            .that()
            .resideOutsideOfPackages(CORE, LAUNCHER)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.netty..", "org.projectfloodlight.openflow.protocol..", "io.vertx..", "io.micrometer..")
                    .and(not(resideInAnyPackage("io.netty.buffer..", "io.netty.handler.ssl.."))));

    @ArchTest
    static final ArchRule FLOWS_AND_APPS_SEE_NO_WIRE = noClasses()
            .that()
            .resideInAnyPackage(FLOW, APPS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "com.fasterxml..", "org.flow6.network.file..");

    @ArchTest
    static final ArchRule APPS_ARE_PURE = noClasses()
            .that()
            .resideInAPackage(APPS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.io..", "java.net..", "java.nio.file..", "java.util.concurrent..", "org.slf4j..")
                    // A name for a place, not a way to it.
                    .and(not(type(URI.class))))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Random.class, SplittableRandom.class, Thread.class, File.class)
            .orShould()
            // Apps are told the time.
            .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .because("the same network gives the same flows, whenever and how often it is asked");

    @ArchTest
    static final ArchRule APPS_KEEP_NOTHING = classes()
            .that()
            .implement(FlowApp.class)
            .and()
            .resideInAPackage(APPS)
            .should(haveOnlyFinalFields())
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule THE_COMPILER_DOES_NO_IO = noClasses()
            .that()
            .resideInAPackage(FLOW)
            .or()
            .resideInAPackage("org.flow6.network")
            .or()
            .resideInAPackage(PACKETS)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(File.class, Files.class, Socket.class, Thread.class, Clock.class);

    @ArchTest
    static final ArchRule LOGGING_IS_SLF4J = noClasses()
            .that()
            .resideOutsideOfPackage(LAUNCHER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.logging..", "ch.qos.logback..", "org.apache.log4j..", "org.apache.logging..");

    @ArchTest
    static final ArchRule NOBODY_PRINTS_BUT_THE_LAUNCHER = noClasses()
            .that()
            .resideOutsideOfPackage(LAUNCHER)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule STATIC_STATE_DOES_NOT_CHANGE =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule RECORDS_HOLD_NO_ARRAYS = classes()
            .that(describe("are records", JavaClass::isRecord))
            .should(holdNoArrays())
            .because("an array can be changed, and two records with equal ones are not equal");

    @ArchTest
    static final ArchRule ACCESSORS_ARE_CALLED_WHAT_THEY_GIVE = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(PACKETS, NETWORK, FLOW, APPS)
            .should()
            .haveNameNotMatching("(get|set)[A-Z].*");

    @ArchTest
    static final ArchRule CLASSES_ARE_CALLED_WHAT_THEY_ARE = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveNameMatching(".*(Utils?|Helper|Manager)");

    @ArchTest
    static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .should(new ArchCondition<>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass one, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(
                            one, one.getPackage().isAnnotatedWith(NullMarked.class), one.getPackageName() + " is not"));
                }
            });

    private static ArchCondition<JavaClass> holdNoArrays() {
        return new ArchCondition<>("hold no arrays") {
            @Override
            public void check(JavaClass record, ConditionEvents events) {
                record.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                        .forEach(field -> events.add(new SimpleConditionEvent(
                                record, !field.getRawType().isArray(), field.getFullName() + " is an array")));
            }
        };
    }
}
