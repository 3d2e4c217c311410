package io.okrsync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.okrsync.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of packages: which may import which of ours, and which libraries only it may know. */
class PackageDependenciesTest {
  private static final String ROOT = "io.okrsync";

  /** What each package may import of ours. The root may import all, and nobody imports the root. */
  private static final Map<String, Set<String>> IMPORTS =
      Map.ofEntries(
          Map.entry("okr", Set.of()),
          Map.entry("lint", Set.of("okr")),
          Map.entry("connector", Set.of()),
          Map.entry("measure", Set.of("connector")),
          Map.entry("formula", Set.of("measure")),
          Map.entry("sync", Set.of("connector", "okr")),
          Map.entry("audit", Set.of("okr", "sync")),
          Map.entry("store", Set.of("connector", "measure", "okr", "sync", "audit")),
          Map.entry("schedule", Set.of("connector", "sync")),
          Map.entry("web", Set.of("store", "measure", "okr", "sync", "audit")),
          Map.entry("web.template", Set.of("web", "store", "measure", "okr", "sync", "audit")),
          Map.entry(
              "config",
              Set.of("connector", "measure", "formula", "okr", "lint", "sync", "schedule")),
          Map.entry("demo", Set.of()));

  /** The library that only these packages know. */
  private static final Map<String, List<String>> ONLY_KNOWN_TO =
      Map.of(
          "org.apache.camel..", List.of("connector"),
          "dev.cel..", List.of("measure", "formula"),
          "org.hibernate..", List.of("store"),
          "jakarta.persistence..", List.of("store"),
          "java.sql..", List.of("store", "connector"),
          "org.flywaydb..", List.of("store"),
          "org.quartz..", List.of("schedule"),
          "io.vertx..", List.of("web"),
          "gg.jte..", List.of("web", "web.template"),
          "org.snakeyaml..", List.of("config", "connector"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void every_package_is_in_the_table() {
    Set<String> packages =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals(ROOT))
            .map(name -> name.substring(ROOT.length() + 1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(IMPORTS.keySet()).containsAll(packages);
  }

  @TestFactory
  Stream<DynamicTest> each_package_imports_only_what_the_table_allows() {
    return IMPORTS.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(), () -> importsOnly(row.getKey(), row.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> each_library_is_known_only_where_the_table_says() {
    return ONLY_KNOWN_TO.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(), () -> knownOnlyTo(row.getKey(), row.getValue())));
  }

  @Test
  void there_are_no_cycles() {
    slices()
        .matching(ROOT + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** So that what the page offers to choose from is all that is ever written. */
  @Test
  void a_new_entry_of_the_log_takes_its_action_from_the_list() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(AuditEntry.class)
        .and()
        .haveNameNotMatching(".*\\.(StoredEntry|PackCheck)")
        .should()
        .callConstructor(
            AuditEntry.class, Instant.class, String.class, String.class, String.class, String.class)
        .because("only what reads entries may meet an action that is not in Action")
        .check(CLASSES);
  }

  /** Templates are found by their names. */
  @Test
  void the_package_has_no_class_that_nobody_needs() {
    assertThat(CLASSES)
        .filteredOn(it -> it.isTopLevelClass() && !it.getSimpleName().equals("package-info"))
        .filteredOn(it -> !it.getPackageName().endsWith(".template"))
        .filteredOn(it -> !it.isEquivalentTo(Main.class))
        .filteredOn(PackageDependenciesTest::isUnused)
        .isEmpty();
  }

  private static boolean isUnused(JavaClass type) {
    return CLASSES.stream()
        .filter(it -> !it.getName().startsWith(type.getName() + "$") && !it.equals(type))
        .flatMap(it -> it.getDirectDependenciesFromSelf().stream())
        .noneMatch(
            it ->
                it.getTargetClass().getName().equals(type.getName())
                    || it.getTargetClass().getName().startsWith(type.getName() + "$"));
  }

  private static void importsOnly(String name, Set<String> allowed) {
    String[] others =
        Stream.concat(
                Stream.of(ROOT),
                IMPORTS.keySet().stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(other -> ROOT + "." + other))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static void knownOnlyTo(String library, List<String> packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            packages.stream().map(name -> ROOT + "." + name).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }
}
