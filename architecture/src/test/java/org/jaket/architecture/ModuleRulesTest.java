package org.jaket.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which module may use which. */
class ModuleRulesTest {
    private static final Set<String> ENGINES =
            Set.of("simulator-statevector", "simulator-stabilizer", "simulator-mps");

    /** Modules that nobody builds on: they show and measure what the others do. */
    private static final Set<String> SHOWING = Set.of("examples", "benchmarks");

    private static Map<String, String> moduleByClass;

    @BeforeAll
    static void findModules() {
        moduleByClass = Modules.moduleByClass();
    }

    static List<String> modules() {
        return Modules.withClasses();
    }

    @Test
    void everyModuleHasItsPlaceInTheOrder() {
        assertThat(Modules.ORDER).containsAll(Modules.built());
        assertThat(Modules.built())
                .isSortedAccordingTo(Comparator.comparingInt(Modules.ORDER::indexOf));
    }

    @Test
    void theClassesOfEveryModuleAreSeen() {
        assertThat(Modules.withClasses()).contains("circuit", "cli");
        assertThat(moduleByClass).containsEntry("org.jaket.cli.Main", "cli");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void modulesUseOnlyModulesBeforeThem(String module) {
        assertThat(usedBy(module))
                .allSatisfy(
                        used ->
                                assertThat(Modules.ORDER.indexOf(used))
                                        .as("place of %s, which %s uses", used, module)
                                        .isLessThan(Modules.ORDER.indexOf(module)));
    }

    @Test
    void circuitUsesTheJdkOnly() {
        assertThat(Modules.importClasses("circuit"))
                .flatExtracting(JavaClass::getDirectDependenciesFromSelf)
                .extracting(Dependency::getTargetClass)
                .allSatisfy(
                        used ->
                                assertThat(used.getBaseComponentType().getPackageName())
                                        .matches(
                                                "|java\\..*|org\\.jspecify\\..*|org\\.jaket\\..*"));
        assertThat(usedBy("circuit")).isEmpty();
    }

    @Test
    void enginesDoNotKnowEachOther() {
        for (String engine : ENGINES) {
            assertThat(usedBy(engine))
                    .as("what %s uses", engine)
                    .doesNotContainAnyElementsOf(ENGINES);
        }
    }

    @Test
    void theBridgeToStrangeKnowsOneEngineAndNobodyBuildsOnIt() {
        assertThat(usedBy("interop-strange"))
                .containsExactlyInAnyOrder("circuit", "simulator-statevector");
        for (String module : modules()) {
            if (!SHOWING.contains(module)) {
                assertThat(usedBy(module))
                        .as("what %s uses", module)
                        .doesNotContain("interop-strange");
            }
        }
    }

    @Test
    void onlyTheBridgeAndWhatShowsItKnowStrange() {
        for (String module : modules()) {
            if (!module.equals("interop-strange") && !SHOWING.contains(module)) {
                assertThat(Modules.importClasses(module))
                        .flatExtracting(JavaClass::getDirectDependenciesFromSelf)
                        .extracting(d -> d.getTargetClass().getBaseComponentType().getPackageName())
                        .as("packages that %s uses", module)
                        .noneMatch(name -> name.startsWith("org.redfx"));
            }
        }
    }

    @Test
    void algorithmsNameNoEngine() {
        assertThat(usedBy("algorithms")).doesNotContainAnyElementsOf(ENGINES);
    }

    /** The other modules that the classes of one module refer to. */
    private static Set<String> usedBy(String module) {
        Set<String> used = new TreeSet<>();
        if (modules().contains(module)) {
            for (JavaClass type : Modules.importClasses(module)) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String target = dependency.getTargetClass().getBaseComponentType().getName();
                    String owner = moduleByClass.get(target);
                    if (owner != null) {
                        used.add(owner);
                    }
                }
            }
        }
        used.remove(module);
        return used;
    }
}
