package org.jaket.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What packages are called and what they carry. */
class PackageRulesTest {
    /** Names that say what kind of code is inside, not what it is for. */
    private static final Set<String> EMPTY_NAMES =
            Set.of(
                    "util",
                    "utils",
                    "impl",
                    "helper",
                    "helpers",
                    "common",
                    "commons",
                    "manager",
                    "managers",
                    "misc",
                    "shared");

    static List<String> modules() {
        return Modules.built();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesAreNamedByWhatTheyAreFor(String module) {
        for (Path folder : Modules.packageFolders(module)) {
            assertThat((Iterable<Path>) Modules.ROOT.relativize(folder))
                    .as("package folder")
                    .allSatisfy(name -> assertThat(name.toString()).isNotIn(EMPTY_NAMES));
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPackageIsDescribedAndNullMarked(String module) throws IOException {
        for (Path folder : Modules.packageFolders(module)) {
            Path description = folder.resolve("package-info.java");
            assertThat(description).isRegularFile();
            assertThat(Files.readString(description)).contains("/**", "@NullMarked");
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPackageLiesBelowOrgJaket(String module) {
        Path below = Path.of("src/main/java/org/jaket");
        for (Path folder : Modules.packageFolders(module)) {
            assertThat(Modules.ROOT.resolve(module).relativize(folder)).startsWithRaw(below);
        }
    }
}
