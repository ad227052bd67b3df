// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.amrelay.james.RelayHook;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.RelayMatcher;
import org.apache.james.protocols.smtp.hook.Hook;
import org.apache.mailet.Mailet;
import org.apache.mailet.Matcher;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(locations = Checkout.class)
class ArchitectureTest {
    private static final int AT_LEAST = 150;
    private static final String[] ENGINES = {
        "org.amrelay.mail..",
        "org.amrelay.delivery..",
        "org.amrelay.authentication..",
        "org.amrelay.filtering..",
        "org.amrelay.encryption.."
    };
    private static final String[] ADAPTERS = {
        "org.amrelay.matchers..", "org.amrelay.mailets..", "org.amrelay.smtp..", "org.amrelay.server.smtp.."
    };
    private static final DescribedPredicate<JavaClass> CONTAINER = resideInAnyPackage(
                    "org.apache.james..",
                    "org.apache.mailet..",
                    "com.google.inject..",
                    "javax.mail..",
                    "javax.inject..",
                    "java.sql..",
                    "javax.sql..")
            .and(DescribedPredicate.not(resideInAnyPackage("org.apache.james.mime4j..")))
            .as("the container or the database");
    private static final DescribedPredicate<JavaClass> OURS = assignableTo(RelayMailet.class)
            .or(assignableTo(RelayMatcher.class))
            .or(assignableTo(RelayHook.class))
            .as("our mailets, matchers and hooks");

    @ArchTest
    static final ArchRule roomsLookDownOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("mail")
            .definedBy("org.amrelay.mail..")
            .layer("engines")
            .definedBy(
                    "org.amrelay.delivery..",
                    "org.amrelay.authentication..",
                    "org.amrelay.filtering..",
                    "org.amrelay.encryption..")
            .layer("storage")
            .definedBy("org.amrelay.storage..")
            .layer("james")
            .definedBy("org.amrelay.james..")
            .layer("matchers")
            .definedBy("org.amrelay.matchers..")
            .layer("mailets")
            .definedBy("org.amrelay.mailets..")
            .layer("smtp")
            .definedBy("org.amrelay.smtp..")
            .layer("server")
            .definedBy("org.amrelay.server..")
            .layer("extensions")
            .definedBy("org.amrelay.extensions..")
            .whereLayer("engines")
            .mayOnlyBeAccessedByLayers("storage", "james", "matchers", "mailets", "smtp", "server", "extensions")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("server", "extensions")
            .whereLayer("james")
            .mayOnlyBeAccessedByLayers("matchers", "mailets", "smtp", "server", "extensions")
            .whereLayer("matchers")
            .mayOnlyBeAccessedByLayers("server", "extensions")
            .whereLayer("mailets")
            .mayOnlyBeAccessedByLayers("server", "extensions")
            .whereLayer("smtp")
            .mayOnlyBeAccessedByLayers("server", "extensions")
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("extensions")
            .mayNotBeAccessedByAnyLayer()
            .because("whoever changes a room must know only the rooms below it");

    @ArchTest
    static final ArchRule enginesKnowNoContainer = noClasses()
            .that()
            .resideInAnyPackage(ENGINES)
            .should()
            .dependOnClassesThat(CONTAINER)
            .because("an engine must run in a plain unit test, in explain and in James 3.9 alike");

    @ArchTest
    static final ArchRule storageKnowsNoJames = noClasses()
            .that()
            .resideInAnyPackage("org.amrelay.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.james..", "org.apache.mailet..", "com.google.inject..", "javax.mail..")
            .because("what is kept must not depend on who processes it");

    @ArchTest
    static final ArchRule onlyStorageKnowsSql = noClasses()
            .that()
            .resideOutsideOfPackage("org.amrelay.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..")
            .because("one schema has one owner");

    @ArchTest
    static final ArchRule packagesOfARoomHaveNoCycles = slices().matching("org.amrelay.(**)")
            .should()
            .beFreeOfCycles()
            .because("two packages that need each other are one package");

    @ArchTest
    static final ArchRule enginesDoNotKnowEachOther = slices().matching(
                    "org.amrelay.(delivery|authentication|filtering|encryption)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    resideInAnyPackage("org.amrelay.filtering.."),
                    resideInAnyPackage("org.amrelay.authentication.results.."))
            .because("engines meet in mailets and hooks only");

    @ArchTest
    static final ArchRule enginesHaveNoHiddenInput = noClasses()
            .that()
            .resideInAnyPackage(ENGINES)
            .should(callMethod(Instant.class, "now"))
            .orShould(callMethod(System.class, "currentTimeMillis"))
            .orShould(callMethod(System.class, "getenv"))
            .orShould(callMethod(System.class, "getenv", String.class))
            .orShould(callMethod(Math.class, "random"))
            .orShould(callMethodWhere(target(InetAddress.class, "getByName")))
            .orShould(callMethodWhere(target(InetAddress.class, "getAllByName")))
            .orShould(callMethodWhere(target(InetAddress.class, "getLocalHost")))
            .because("an engine must give the same answer to the same input, in tests and in explain");

    @ArchTest
    static final ArchRule adaptersAreFinalAndExtendOurs = classes()
            .that(assignableTo(Mailet.class).or(assignableTo(Matcher.class)).or(assignableTo(Hook.class)))
            .and()
            .resideInAnyPackage(ADAPTERS)
            .should()
            .beAssignableTo(OURS)
            .andShould()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
            .because("our bases turn trouble into 'try later', and nothing else may come between");

    @ArchTest
    static final ArchRule adaptersKeepNothingThatChanges = fields().that()
            .areDeclaredInClassesThat(OURS)
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(ADAPTERS)
            .should()
            .beFinal()
            .because("James calls one object from many threads");

    @ArchTest
    static final ArchRule usersPatternsCannotHang = noClasses()
            .that()
            .resideInAnyPackage(ENGINES)
            .or()
            .resideInAnyPackage(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.regex..")
            .because("a user's pattern may take exponential time there; RE2/J takes linear time");

    @ArchTest
    static final ArchRule onlyTheCommandLineWritesToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage("org.amrelay.server.cli..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("a server's words belong into its log");

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should()
            .haveNameMatching(".*(Helper|Utils?|Manager|Data|Info|Impl|Common|Base)")
            .orShould()
            .haveNameMatching(".*\\.Amr[A-Z][^.]*")
            .because("such a name fits any class and explains none");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackage).distinct().toList())
                .as("packages without @NullMarked, hence without a page in package-info.java")
                .filteredOn(each -> !each.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }

    @ArchTest
    static void simpleNamesAreUnique(JavaClasses classes) {
        Map<String, List<String>> bySimpleName = classes.stream()
                .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));
        assertThat(bySimpleName.values())
                .as("classes that share a simple name")
                .filteredOn(names -> names.size() > 1)
                .isEmpty();
    }

    @ArchTest
    static void theRulesSawEveryRoom(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(AT_LEAST);
        assertThat(Checkout.ROOMS)
                .allSatisfy(room -> assertThat(classes.stream()
                                .filter(each -> each.getPackageName().startsWith("org.amrelay." + room)))
                        .as("classes of " + room + "/target/classes; build it first")
                        .isNotEmpty());
    }

    private static DescribedPredicate<JavaCall<?>> target(Class<?> owner, String name) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + name + "()",
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getName().equals(name));
    }
}
