package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jhdf.HdfFile;
import io.jhdf.api.WritableGroup;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.problem.ConformanceData;
import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** QUBOTools' files, written here by jhdf as that tool lays them out. */
class QubinFileTest {
    private static final byte[] WHOLE;

    static {
        try {
            WHOLE = written(entries("form/domain", "bool"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A function of three variables, 2 (x - 3 y + 4 x z + 0.5), with one entry changed. */
    private static Map<String, Object> entries(String changed, @Nullable Object value) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("variables", new long[] {7, 8, 1L << 40});
        entries.put("metadata", "{\"id\": 3, \"description\": \"three\", \"by\": [1, 2]}");
        entries.put("form/dimension", 3L);
        entries.put("form/scale", 2.0);
        entries.put("form/offset", 0.5);
        entries.put("form/sense", "min");
        entries.put("form/domain", "bool");
        entries.put("form/linear/i", new long[] {1, 2});
        entries.put("form/linear/v", new double[] {1, -3});
        entries.put("form/quadratic/i", new long[] {1});
        entries.put("form/quadratic/j", new long[] {3});
        entries.put("form/quadratic/v", new double[] {4});
        if (value != null) {
            entries.put(changed, value);
        } else {
            entries.remove(changed);
        }
        return entries;
    }

    private static byte[] written(Map<String, Object> entries) throws IOException {
        Path file = Files.createTempFile("model", ".qb");
        try {
            try (var hdf = HdfFile.write(file)) {
                Map<String, WritableGroup> groups = new LinkedHashMap<>();
                groups.put("", hdf.putGroup("model"));
                entries.forEach(
                        (path, value) -> {
                            int slash = path.lastIndexOf('/');
                            group(groups, path.substring(0, Math.max(0, slash)))
                                    .putDataset(path.substring(slash + 1), value);
                        });
            }
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static WritableGroup group(Map<String, WritableGroup> groups, String path) {
        WritableGroup known = groups.get(path);
        if (known == null) {
            int slash = path.lastIndexOf('/');
            known =
                    group(groups, path.substring(0, Math.max(0, slash)))
                            .putGroup(path.substring(slash + 1));
            groups.put(path, known);
        }
        return known;
    }

    private static ModelDocument read(byte[] bytes) throws IOException {
        return ModelFile.read(new ByteArrayInputStream(bytes), "f");
    }

    private static ModelDocument read(String changed, @Nullable Object value) throws IOException {
        return read(written(entries(changed, value)));
    }

    private static BinaryQuadraticModel expected(Vartype vartype, int sign) {
        return BinaryQuadraticModel.builder(vartype)
                .addVariables(java.util.List.of(7, 8, 1L << 40))
                .addOffset(sign)
                .addLinear(0, 2 * sign)
                .addLinear(1, -6 * sign)
                .addQuadratic(0, 2, 8 * sign)
                .build();
    }

    @Test
    void allOfAModelIsRead() throws IOException {
        ModelDocument document = read("form/domain", "bool");
        assertThat(document.model()).isEqualTo(expected(Vartype.BINARY, 1));
        assertThat(document.format()).isEqualTo(ModelFormat.QUBIN);
        assertThat(document.description()).isEqualTo("three");
        assertThat(document.metadata()).isEqualTo(Map.of("id", 3, "by", java.util.List.of(1, 2)));
        assertThat(document.objective()).isEqualTo(Objective.ENERGY);
        assertThat(read("form/domain", "spin").model()).isEqualTo(expected(Vartype.SPIN, 1));
    }

    @Test
    void maximaHaveTheOtherSign() throws IOException {
        ModelDocument document = read("form/sense", "max");
        assertThat(document.model()).isEqualTo(expected(Vartype.BINARY, -1));
        // 2 (1 + 4 + 0.5) where x and z are 1.
        double energy = document.model().energy(new byte[] {1, 0, 1});
        assertThat(document.objective().of(energy)).isEqualTo(11);
        assertThat(document.objective().isMaximum()).isTrue();
    }

    @Test
    void labelsMayBeWordsAndNumbersOfOtherTypes() throws IOException {
        assertThat(read("variables", new String[] {"x", "y", "z"}).model().variables())
                .containsExactly("x", "y", "z");
        assertThat(read("variables", new int[] {3, 2, 1}).model().variables())
                .containsExactly(3, 2, 1);
        assertThat(read("form/linear/v", new int[] {1, -3}).model())
                .isEqualTo(expected(Vartype.BINARY, 1));
        assertThat(read("form/linear/v", new float[] {1, -3}).model())
                .isEqualTo(expected(Vartype.BINARY, 1));
    }

    /** A minus sign stands for an entry that is missing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "form/scale; -; f!model/form/scale: is missing",
                "form/scale; x; f!model/form/scale: should be numbers",
                "form/sense; least; should be \"min\" or \"max\", not \"least\"",
                "form/domain; real; should be \"bool\" or \"spin\", not \"real\"",
                "metadata; {; f!model/metadata: should be JSON",
                "variables; x; there are 1 labels, and the dimension is 3.0",
            })
    void whatIsWrongHasItsPlace(String path, String value, String message) {
        assertThatThrownBy(() -> read(path, value.equals("-") ? null : value))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        refused("form/dimension", 2L, "there are 3 labels, and the dimension is 2.0");
        refused("form/scale", Double.NaN, "f!model/form/scale: should be finite, not NaN");
        refused("form/scale", new double[] {1, 2}, "should have 1 values, not 2");
        refused("form/linear/i", new long[] {1, 4}, "a number from 1 to 3, not 4");
        refused("form/linear/i", new long[] {0, 1}, "a number from 1 to 3, not 0");
        refused("form/linear/i", new long[] {1}, "f!model/form/linear/v: should have 1 values");
        refused("form/quadratic/j", new long[] {1}, "variable 1 interacts with itself");
        refused("form/quadratic/j", new long[] {1, 2}, "should have 1 values, not 2");
        refused("variables", new long[] {7, 7, 8}, "both called 7");
        refused("form/linear/v", new double[] {1e308, 1}, "finite");
    }

    private static void refused(String path, Object value, String message) {
        assertThatThrownBy(() -> read(path, value))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }

    /** Unless all that is needed stands before the cut. */
    @Test
    void aFileThatIsCutOffIsAnError() throws IOException {
        int refused = 0;
        for (int length = 4; length < WHOLE.length; length += 7) {
            byte[] cut = Arrays.copyOf(WHOLE, length);
            Throwable thrown =
                    catchThrowable(
                            () ->
                                    assertThat(read(cut).model())
                                            .isEqualTo(expected(Vartype.BINARY, 1)));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(ModelFileException.class);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(WHOLE.length / 7 / 2);
    }

    @Property(seed = "1", tries = 2000)
    void garbageIsAModelOrAnError(@ForAll long seed) throws IOException {
        byte[] bytes = WHOLE.clone();
        Random random = new Random(seed);
        for (int k = random.nextInt(3); k >= 0; k--) {
            bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
        }
        Throwable thrown = catchThrowable(() -> read(bytes));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ModelFileException.class);
        }
    }

    /** The tool's own files have no checksums, so that sizes may be anything. */
    @Test
    void giantSizesTakeNoMemory() throws IOException {
        byte[] whole = Files.readAllBytes(ConformanceData.of("qubo-formats/qubotools/02/bool.qb"));
        ByteBuffer longs = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int refused = 0;
        for (int at = 0; at + 16 <= whole.length; at += 8) {
            // The length of an array, and the most that it may be.
            if (longs.getLong(at) == longs.getLong(at + 8) && longs.getLong(at) == 2) {
                for (long size : new long[] {1L << 24, 1L << 31, 1L << 40, -1}) {
                    byte[] giant = whole.clone();
                    ByteBuffer.wrap(giant).order(ByteOrder.LITTLE_ENDIAN).putLong(at, size);
                    assertThatThrownBy(() -> read(giant)).isInstanceOf(ModelFileException.class);
                    refused++;
                }
            }
        }
        // Two arrays of linear terms and three of products.
        assertThat(refused).isGreaterThanOrEqualTo(4 * 5);
    }

    @Test
    void itCannotBeWritten(@TempDir Path folder) {
        Path file = folder.resolve("model.qb");
        assertThat(ModelFormat.QUBIN.canBeWritten()).isFalse();
        assertThatThrownBy(
                        () -> ModelFile.write(expected(Vartype.SPIN, 1), ModelFormat.QUBIN, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write BQPJSON");
        assertThat(file).doesNotExist();
    }

    /** The same classes, loaded where jhdf is not: by a loader that asks none for modules. */
    @Test
    void withoutTheLibraryItsNameIsSaid() throws Exception {
        Class<?>[] needed = {
            ModelFile.class, Progress.class, JsonMapper.class, JsonParser.class,
        };
        URL[] places = new URL[needed.length];
        for (int k = 0; k < places.length; k++) {
            places[k] = needed[k].getProtectionDomain().getCodeSource().getLocation();
        }
        byte[] bytes = written(entries("form/domain", "bool"));
        try (URLClassLoader loader = new URLClassLoader(places, null)) {
            var method =
                    loader.loadClass(ModelFile.class.getName())
                            .getMethod("read", InputStream.class, String.class);
            assertThatThrownBy(() -> method.invoke(null, new ByteArrayInputStream(bytes), "f"))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("f: this is HDF5")
                    .hasMessageContaining("io.jhdf:jhdf");
        }
    }
}
