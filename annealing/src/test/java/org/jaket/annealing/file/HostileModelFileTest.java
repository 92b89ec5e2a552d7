package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Files that are wrong, by accident or on purpose: one error, with its place, and no more memory.
 */
class HostileModelFileTest {
    private static void read(byte[] bytes) throws IOException {
        ModelFile.read(new ByteArrayInputStream(bytes), "f");
    }

    private static void read(String text) throws IOException {
        read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A bar stands for the end of a line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; f: the file is empty",
                "hello; f:1:1: \"hello\": no format",
                "p edge 3 2|e 1 2; MaximumIndependentSet",
                "% minizinc; can be written only",
                "'\u001f\u008bxxx'; compressed by gzip",
                "\u0089HDF; the HDF5 file is damaged or cut off",
                "DIMODCQM; constrained quadratic model",
                "Maximize| 3 x|End; an LP file is a constrained model, which ConstrainedFile reads",
                "0 1 NaN; f:1:5: a coefficient should be a finite number, not \"NaN\"",
                "0 1 1e400; f:1:5: a coefficient is too large",
                "0 -1 1; f:1:3: a variable should be at least 0",
                "0 2147483647 1; f:1:3: a variable should be at least 0 and at most 2147483646",
                "0 1 2|0 1; f:2:4: the line ends where a coefficient",
                "0 1 2|x y z; f:2:1: a variable should be an integer",
                "0 1 2 3 4; f:1:7: the line should end before \"3\"",
                "# vartype=QUTRIT|0 1 2; f:1:1: the vartype should be BINARY or SPIN",
                "# vartype=SPIN|# vartype=BINARY|0 1 2; f:2:1: the vartype was SPIN before",
                "# offset=NaN|0 1 2; the offset should be a finite number",
                "0 0 1e308|0 0 1e308; f: the bias must be a finite number",
                "0 1 1e308|1 0 1e308; f: the interaction must be a finite number",
                "3 2|1 2 1; announces 2; it may be cut off",
                "3 1|1 2 1|2 3 1; f:3:1: there are more lines than the 1",
                "3 1|1 4 1; f:2:3: a variable should be at least 0 and at most 3",
                "3 2|0 1 1|1 3 1; the numbers 0 and 3 cannot both be one",
                "2000000000 1|1 2 1; 2000000000 variables are announced, and there are only 1",
                "-3 1|1 2 1; the number of variables should be at least 0",
                "p qubo 0 3 1 0; there are 0 linear terms",
                "p qubo 0 3 1 1|0 0 1|0 3 1; f:3:3: a node should be at least 0 and at most 2",
                "p qubo 0 3; f:1:11: the line ends where the number of linear terms",
                "c scale : inf|p qubo 0 0 0 0; the scale should be a finite number",
                "c only comments; the line \"p qubo 0 nodes linear quadratic\" is missing",
                "{\"variable_ids\": [1, 1]}; f:1:23: variable_ids has 1 twice",
                "{\"variable_ids\": [-1]}; a variable's id should be at least 0",
                "{\"variable_ids\": [99999999999999999999999]}; a variable's id should be at least 0",
                "{\"variable_ids\": [1.5]}; a variable's id is an integer",
                "{\"variable_ids\": []}; \"variable_domain\" is missing",
                "{\"scale\": 1, \"scale\": 2}; \"scale\" is there twice",
                "{\"offset\": NaN}; this is not JSON",
                "{\"offset\": 1e999}; \"offset\" is too large",
                "{\"version\": \"7\"}; BQPJSON of version 7 is not known",
                "{\"linear_terms\": [{\"id\": 1}]}; a linear term has an id and a coeff",
                "{\"quadratic_terms\": [{\"id_tail\": 1, \"id_head\": 1, \"coeff\": 1}]}; itself",
                "{\"variable_domain\": \"real\"}; variable_domain is \"boolean\" or \"spin\"",
                "{\"linear_terms\": [{\"id\": 7, \"coeff\": 1}], \"variable_ids\": [1], \"variable_domain\": \"spin\"}; a term has the variable 7",
                "{\"scale\": 1; f:1:12: this is not JSON",
                "{} x; this is not JSON",
            })
    void oneClearErrorWithItsPlace(String text, String expected) {
        assertThatThrownBy(() -> read(text.replace('|', '\n')))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void deepJsonIsRefused() {
        String deep = "{\"metadata\": {\"a\": " + "[".repeat(100_000);
        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void linesWithoutEndAreNotKept() {
        assertThatThrownBy(() -> read("0 1 " + "1".repeat(10_000_000)))
                .hasMessageContaining("a word of more than 512 characters");
        assertThat(catchThrowable(() -> read("#" + "x".repeat(60_000) + "\n0 1 1"))).isNull();
    }

    private static byte[] dimod() throws IOException {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        builder.addQuadratic(builder.variable("a"), builder.variable("b"), 1.5);
        builder.addQuadratic(0, builder.variable("c"), -2).addLinear(2, 4);
        var out = new ByteArrayOutputStream();
        ModelFile.write(ModelDocument.of(builder.build(), ModelFormat.DIMOD_BQM), out);
        return out.toByteArray();
    }

    @Test
    void aBinaryFileThatIsCutOffSaysWhere() throws IOException {
        byte[] whole = dimod();
        for (int length = 8; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOfSatisfying(
                            ModelFileException.class,
                            e -> assertThat(e.byteOffset()).isBetween(0L, (long) cut.length))
                    .hasMessageContaining("the file ends within");
        }
    }

    /** Whatever bytes are changed, there is a model or an error, at once. */
    @Property(seed = "1", tries = 3000)
    void binaryGarbageIsAModelOrAnError(@ForAll long seed, @ForAll @IntRange(max = 3) int kind)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = dimod();
        for (int k = 0; k <= kind; k++) {
            bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
        }
        Throwable thrown = catchThrowable(() -> read(bytes));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ModelFileException.class);
        }
    }

    @Property(seed = "1", tries = 3000)
    void textGarbageIsAModelOrAnError(@ForAll long seed) throws IOException {
        String[] words = {
            "0",
            "1",
            "2",
            "-1",
            "1.5",
            "1e5",
            "\n",
            "\n",
            "\n",
            "#",
            "c",
            "p",
            "qubo",
            "{",
            "}",
            "\"scale\"",
            ":",
            "[",
            "]",
            ",",
            "x",
            "99999999999",
            "2147483646",
            "# vartype=SPIN\n"
        };
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 12; k++) {
            text.append(words[random.nextInt(words.length)]).append(' ');
        }
        Throwable thrown = catchThrowable(() -> read(text.toString()));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ModelFileException.class);
        }
    }

    @Test
    void hugeCountsInABinaryHeaderTakeNoMemory() {
        for (String shape : new String[] {"[2147483000, 10]", "[10, 1073741000]"}) {
            assertThatThrownBy(() -> read(header(shape, "SPIN", "float64", "int32")))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("the file ends within");
        }
        assertThatThrownBy(() -> read(header("[99999999999, 1]", "SPIN", "float64", "int32")))
                .hasMessageContaining("\"shape\" should be two integers");
        assertThatThrownBy(() -> read(header("[1, -1]", "SPIN", "float64", "int32")))
                .hasMessageContaining("\"shape\" should be two integers");
        assertThatThrownBy(() -> read(header("[1, 0]", "QUDIT", "float64", "int32")))
                .hasMessageContaining("\"vartype\" should be BINARY or SPIN");
        assertThatThrownBy(() -> read(header("[1, 0]", "SPIN", "object", "int32")))
                .hasMessageContaining("\"dtype\" cannot be \"object\"");
        assertThatThrownBy(() -> read(header("[1, 0]", "SPIN", "float64", "float32")))
                .hasMessageContaining("\"itype\" cannot be \"float32\"");
        byte[] longHeader = header("[1, 0]", "SPIN", "float64", "int32");
        longHeader[13] = (byte) 0xff;
        assertThatThrownBy(() -> read(longHeader))
                .hasMessageStartingWith("f: byte 10: the header should have at most 268435456");
    }

    private static byte[] header(String shape, String vartype, String dtype, String itype) {
        String json =
                "{\"shape\": %s, \"vartype\": \"%s\", \"dtype\": \"%s\", \"itype\": \"%s\", \"ntype\": \"int64\", \"variables\": false}"
                        .formatted(shape, vartype, dtype, itype);
        ByteBuffer buffer = ByteBuffer.allocate(14 + json.length() + 8 + 32);
        buffer.order(ByteOrder.LITTLE_ENDIAN)
                .put("DIMODBQM\2\0".getBytes(StandardCharsets.US_ASCII));
        buffer.putInt(json.length()).put(json.getBytes(StandardCharsets.US_ASCII));
        return buffer.array();
    }

    /** The last double but the labels is the weight of c with a: from one side it is another. */
    @Test
    void bothSidesOfAnInteractionMustAgree() throws IOException {
        byte[] bytes = dimod();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("VARS") - 1] ^= 1;
        assertThatThrownBy(() -> read(bytes))
                .hasMessageContaining("the interactions are not the same from both sides");
        byte[] twice = text.replace("\"b\"", "\"a\"").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(twice)).hasMessageContaining("two variables are called a");
    }
}
