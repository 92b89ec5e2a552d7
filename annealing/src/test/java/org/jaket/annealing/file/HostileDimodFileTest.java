package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.DiscreteModel;
import org.jaket.annealing.polynomial.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** dimod's quadratic and discrete models that are wrong, by accident or on purpose. */
class HostileDimodFileTest {
    private static byte[] file(ConstrainedFormat format) throws IOException {
        Variable x = Variable.binary("x");
        Variable y = Variable.integer("y", 0, 9);
        ConstrainedModel quadratic =
                ConstrainedModel.builder().minimize(x.plus(y.times(2)).plus(x.times(y))).build();
        DiscreteModel.Builder discrete = DiscreteModel.builder();
        discrete.addVariable("left", 3);
        discrete.addVariable("right", 2);
        discrete.addLinear(0, 1, 2).addQuadratic(0, 2, 1, 0, -1.5);
        ConstrainedModel model =
                format == ConstrainedFormat.DIMOD_QM
                        ? quadratic
                        : discrete.build().toConstrainedModel();
        return Written.bytes(ConstrainedDocument.of(model, format));
    }

    private static void assertRefused(byte[] file, String problem) {
        assertThatThrownBy(() -> Written.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("f")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIMOD_QM", "DIMOD_DQM"})
    void aFileThatIsCutOffIsRefusedWhereverItIsCut(ConstrainedFormat format) throws IOException {
        byte[] file = file(format);
        for (int length = 8; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            Throwable thrown = catchThrowable(() -> Written.read(cut));
            assertThat(thrown)
                    .as("cut at %d of %d", length, file.length)
                    .isInstanceOf(ModelFileException.class);
        }
    }

    @Property(seed = "1", tries = 2000)
    void anyOtherByteIsAnErrorOrAModel(
            @ForAll @IntRange(min = 8, max = 4000) int place,
            @ForAll byte value,
            @ForAll boolean discrete)
            throws IOException {
        byte[] file = file(discrete ? ConstrainedFormat.DIMOD_DQM : ConstrainedFormat.DIMOD_QM);
        file[place % file.length] = value;
        Throwable thrown = catchThrowable(() -> Written.read(file));
        assertThat(thrown == null || thrown instanceof ModelFileException)
                .as("%s", thrown)
                .isTrue();
    }

    /** The text of a header, with a part of it replaced by one as long. */
    private static byte[] with(ConstrainedFormat format, String part, String other)
            throws IOException {
        assertThat(other).hasSameSizeAs(part);
        String text = new String(file(format), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(part);
        return text.replace(part, other).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void headersAreChecked() throws IOException {
        ConstrainedFormat qm = ConstrainedFormat.DIMOD_QM;
        ConstrainedFormat dqm = ConstrainedFormat.DIMOD_DQM;
        assertRefused(with(qm, "QM\1", "QM\7"), "version 7.0 of DIMODQM is not known");
        assertRefused(with(qm, "[2, 1]", "[2,99]"), "the header says 99 products");
        assertRefused(with(qm, "[2, 1]", "[-1,1]"), "\"shape\" should be two integers");
        assertRefused(with(qm, "float64", "strings"), "\"dtype\" cannot be \"strings\"");
        assertRefused(with(qm, "\"y\"]", "\"x\"]"), "two variables are called x");
        assertRefused(with(dqm, "DQM\1", "DQM\2"), "version 2.1 of DIMODDQM is not known");
        assertRefused(
                with(dqm, "\"num_cases\": 5", "\"num_cases\": 6"), "6 cases, and there are 5");
        assertRefused(with(dqm, "\"num_cases\": 5", "\"num_bases\": 5"), "\"num_cases\" should be");
        assertRefused(with(dqm, "variables\": 2", "variables\": 9"), "list of 9 labels");
        assertRefused(with(dqm, "interactions\": 1", "interactions\": 7"), "7 first cases");
        assertRefused(with(dqm, "BIAS", "BASE"), "this is not the section BIAS");
        assertRefused(with(dqm, "VARS", "VANS"), "this is not the section VARS");
        assertRefused(with(dqm, "\"right\"", "\"left\" "), "two variables are called left");
    }

    // ---- arrays ---------------------------------------------------------------------------

    /** A discrete model of which one array is changed, or left out. */
    private static byte[] withArray(String name, byte[] contents) throws IOException {
        byte[] file = file(ConstrainedFormat.DIMOD_DQM);
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int biases = 14 + buffer.getInt(10);
        int length = buffer.getInt(biases + 4);
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(file, biases + 8, length))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                arrays.put(e.getName(), zip.readAllBytes());
            }
        }
        arrays.put(name, contents);
        var packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                if (array.getValue().length > 0) {
                    zip.putNextEntry(new ZipEntry(array.getKey()));
                    zip.write(array.getValue());
                }
            }
        }
        var out = new ByteArrayOutputStream();
        buffer.putInt(biases + 4, packed.size());
        out.write(file, 0, biases + 8);
        packed.writeTo(out);
        out.write(file, biases + 8 + length, file.length - biases - 8 - length);
        return out.toByteArray();
    }

    private static byte[] array(String descr, String shape, int... bytes) {
        String header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape;
        byte[] text = (header + ", }\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer array = ByteBuffer.allocate(10 + text.length + bytes.length);
        array.order(ByteOrder.LITTLE_ENDIAN);
        array.put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
        array.putShort((short) text.length).put(text);
        for (int value : bytes) {
            array.put((byte) value);
        }
        return array.array();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "case_starts; |u1; (2,); 0 3; ''",
                "case_starts; |i1; (2,); 0 3; ''",
                "case_starts; |u1; (2,); 0 5; variable 1 cannot have the cases 5 to 4 of 5",
                "case_starts; |u1; (2,); 0 0; variable 0 cannot have the cases 0 to -1 of 5",
                "case_starts; |u1; (2,); 3 0; the first variable's first case is 0",
                "case_starts; |i1; (2,); 0 -1; where a variable's cases begin cannot be -1",
                "case_starts; |u1; (9999999999,); 0 3; ends within where a variable's cases",
                "case_starts; |u1; (2,); 0 3 1; there is more than the 2 values",
                "case_starts; |u1; (1,); 0; the header says 2 variables, and there are 1",
                "case_starts; |u1; (1, 2); 0 3; should have numbers in one dimension",
                "case_starts; >u1; (2,); 0 3; should have numbers in one dimension",
                "case_starts; |O; (2,); 0 3; should have numbers in one dimension",
                "case_starts; <f4; (0,); ''; should be an integer",
                "quadratic_row_indices; |u1; (1,); 9; product 0 has the cases 9 and 2 of 5",
                "quadratic_row_indices; |u1; (1,); 0; variable 0 has one case at a time",
                "offset; |u1; (2,); 1 1; the constant is one number",
                "colour; |u1; (1,); 1; f!colour.npy: the format has no such array",
            })
    void arraysAreChecked(String name, String descr, String shape, String bytes, String problem)
            throws IOException {
        int[] values =
                Arrays.stream(bytes.split(" "))
                        .filter(word -> !word.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray();
        byte[] file = withArray(name + ".npy", array(descr, shape, values));
        if (problem.isEmpty()) {
            assertThat(Written.read(file))
                    .isEqualTo(Written.read(file(ConstrainedFormat.DIMOD_DQM)));
        } else {
            assertRefused(file, problem);
        }
    }

    @Test
    void allArraysHaveToBeThereButTheConstant() throws IOException {
        assertRefused(withArray("case_starts.npy", new byte[0]), "should have case_starts");
        assertThat(Written.read(withArray("offset.npy", new byte[0])).model().objective().offset())
                .isZero();
        assertRefused(withArray("offset.npy", new byte[] {1, 2}), "f!offset.npy: byte 0:");
        byte[] version = array("|u1", "(2,)", 0, 3);
        version[6] = 9;
        assertRefused(
                withArray("case_starts.npy", version),
                "version 9.0 of NumPy's arrays is not known");
    }
}
