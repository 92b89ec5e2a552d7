package org.jaket.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkout as the tests see it: its modules, their sources and their compiled classes. */
final class Modules {
    /** Every module there may be, in the order in which they may depend on each other. */
    static final List<String> ORDER =
            List.of(
                    "circuit",
                    "simulator-statevector",
                    "simulator-stabilizer",
                    "interop-strange",
                    "simulator-mps",
                    "simulator-automatic",
                    "decoding",
                    "algorithms",
                    "annealing",
                    "hardware-backends",
                    "viz",
                    "cli",
                    "cluster",
                    "examples",
                    "benchmarks",
                    "architecture");

    /** The folder of the whole project: Maven runs a module's tests in the module's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Map<String, JavaClasses> IMPORTED = new HashMap<>();

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private Modules() {}

    /** The modules that the root pom builds, in its order. */
    static List<String> built() {
        try {
            return MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules that have classes of their own. */
    static List<String> withClasses() {
        return built().stream().filter(module -> Files.isDirectory(classesOf(module))).toList();
    }

    /** The classes of one module. */
    static JavaClasses importClasses(String module) {
        return IMPORTED.computeIfAbsent(
                module, name -> new ClassFileImporter().importPath(classesOf(name)));
    }

    /** For every compiled class its module. */
    static Map<String, String> moduleByClass() {
        Map<String, String> modules = new HashMap<>();
        for (String module : withClasses()) {
            for (JavaClass type : importClasses(module)) {
                modules.put(type.getName(), module);
            }
        }
        return modules;
    }

    /** The folders below a module's sources that hold Java files, module descriptors aside. */
    static List<Path> packageFolders(String module) {
        Path sources = ROOT.resolve(module).resolve("src/main/java");
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classesOf(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }
}
