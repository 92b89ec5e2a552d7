package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Each format by a small file, recognised by its content. */
class ModelFileTest {
    private static ModelDocument read(String text) throws IOException {
        return ModelFile.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
    }

    private static String write(ModelDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        ModelFile.write(document, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void coordinatesAddUpAndKeepTheirIntegersAsLabels() throws IOException {
        ModelDocument document =
                read(
                        """
                        # vartype=SPIN
                        # offset=0.5

                        7 7 -1
                        3 7 2.5
                        7\t3 1e-1
                        """);
        assertThat(document.format()).isEqualTo(ModelFormat.COO);
        BinaryQuadraticModel model = document.model();
        assertThat(model.vartype()).isEqualTo(Vartype.SPIN);
        assertThat(model.variables()).containsExactly(3, 7);
        // 0.5 + (-1)(-1) + (2.5 + 0.1)(1)(-1)
        assertThat(model.energy(new byte[] {1, -1})).isCloseTo(-1.1, within(1e-15));
        assertThat(read("0 1 1\n").model().vartype()).isEqualTo(Vartype.BINARY);
        assertThat(read("# nothing\n").model().size()).isZero();
    }

    @Test
    void coordinatesAreWrittenWithoutExponentsAndWithVariablesOnTheirOwn() throws IOException {
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        builder.addQuadratic(0, 1, 1e-9).addLinear(2, 0).addOffset(-3);
        assertThat(write(ModelDocument.of(builder.build(), ModelFormat.COO)))
                .isEqualTo(
                        """
                        # vartype=BINARY
                        # offset=-3.0
                        2 2 0.0
                        0 1 0.0000000010
                        """);
    }

    @Test
    void aGraphIsAMaximumCut() throws IOException {
        // A triangle of weights 1, 2 and 4, and node 4 on its own.
        ModelDocument document = read("4 3\n1 2 1\n2 3 2\n3 1 4\n");
        assertThat(document.format()).isEqualTo(ModelFormat.MAX_CUT);
        BinaryQuadraticModel model = document.model();
        assertThat(model.size()).isEqualTo(4);
        assertThat(model.vartype()).isEqualTo(Vartype.SPIN);
        assertThat(document.objective().isMaximum()).isTrue();
        // Node 3 against 1 and 2 cuts 2 + 4, and that is the best.
        double energy = model.energy(new byte[] {1, 1, -1, 1});
        assertThat(document.objective().of(energy)).isEqualTo(6);
        assertThat(document.objective().energyOf(6)).isEqualTo(energy);
        assertThat(document.objective().of(model.energy(new byte[] {1, 1, 1, 1}))).isZero();
        assertThat(write(document)).isEqualTo("4 3\n1 2 1\n1 3 4\n2 3 2\n");
    }

    @Test
    void linearTermsHaveNoPlaceInAGraph() {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN).addLinear(0, 1);
        assertThatThrownBy(() -> write(ModelDocument.of(builder.build(), ModelFormat.MAX_CUT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("linear coefficient 1.0 of spin 0")
                .hasMessageContaining("QUBIST");
    }

    @Test
    void mqlibsQuboIsAMaximumInWhichProductsCountTwice() throws IOException {
        ModelDocument document = read("# comment\n2 3\n1 1 5\n2 2 -1\n1 2 -3\n");
        assertThat(document.format()).isEqualTo(ModelFormat.MQLIB_QUBO);
        BinaryQuadraticModel model = document.model();
        // x'Qx = 5 x1 - x2 - 6 x1 x2
        assertThat(document.objective().of(model.energy(new byte[] {1, 0}))).isEqualTo(5);
        assertThat(document.objective().of(model.energy(new byte[] {1, 1}))).isEqualTo(-2);
        assertThat(document.objective().isMaximum()).isTrue();
    }

    @Test
    void qubistHasSpinsFromZero() throws IOException {
        ModelDocument document = read("7 3\n2 2 0.65\n4 4 0.0\n6 6 -0.35");
        assertThat(document.format()).isEqualTo(ModelFormat.QUBIST);
        assertThat(document.model().variables()).containsExactly(2, 4, 6);
        assertThat(document.model().energy(new byte[] {1, 1, -1})).isEqualTo(1);
        assertThat(read("3 1\n0 2 1").format()).isEqualTo(ModelFormat.QUBIST);
        assertThat(read("0 0\n").format()).isEqualTo(ModelFormat.QUBIST);
    }

    @Test
    void whoeverKnowsTheFormatOfTwoCountsSaysIt() throws IOException {
        byte[] text = "3 1\n1 2 1\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(ModelFile.read(new ByteArrayInputStream(text), "t").format())
                .isEqualTo(ModelFormat.MAX_CUT);
        ModelDocument qubist =
                ModelFile.read(new ByteArrayInputStream(text), "t", ModelFormat.QUBIST);
        assertThat(qubist.model().variables()).containsExactly(1, 2);
        ModelDocument qubo =
                ModelFile.read(new ByteArrayInputStream(text), "t", ModelFormat.MQLIB_QUBO);
        assertThat(qubo.model().vartype()).isEqualTo(Vartype.BINARY);
        assertThat(qubo.model().size()).isEqualTo(3);
    }

    @Test
    void qbsolvFilesHaveTheirScaleAndOffsetInComments() throws IOException {
        ModelDocument document =
                read(
                        """
                        c description : "Two \\"terms\\""
                        c scale : 2
                        c offset : 0.5
                        c chimera_degree : 12
                        p qubo 0 6 1 1
                        c linear
                        1 1 -1
                        5 5 0.0
                        1 5 3
                        """);
        assertThat(document.format()).isEqualTo(ModelFormat.QBSOLV);
        assertThat(document.description()).isEqualTo("Two \"terms\"");
        assertThat(document.metadata()).isEqualTo(Map.of("chimera_degree", 12));
        assertThat(document.model().variables()).containsExactly(1, 5);
        assertThat(document.model().energy(new byte[] {1, 1})).isEqualTo(2 * (0.5 - 1 + 3));
        assertThat(read(write(document))).isEqualTo(document);
    }

    @Test
    void bqpjsonKeepsWhatItSaysAboutItself() throws IOException {
        ModelDocument document =
                read(
                        """
                        {"id": 4, "version": "1.0.0", "variable_domain": "spin", "scale": 2, "offset": 1,
                         "description": "pair", "metadata": {"by": ["hand", 2, null, {"deep": true}]},
                         "linear_terms": [{"id": 9, "coeff": -1.5}],
                         "quadratic_terms": [{"id_tail": 2, "id_head": 9, "coeff": 0.25}],
                         "variable_ids": [9, 2], "solutions": [{"id": 0}]}
                        """);
        assertThat(document.format()).isEqualTo(ModelFormat.BQPJSON);
        assertThat(document.description()).isEqualTo("pair");
        assertThat(document.metadata()).containsEntry("id", 4).containsKey("by");
        assertThat(document.model().variables()).containsExactly(9, 2);
        assertThat(document.model().energy(new byte[] {1, -1})).isEqualTo(2 * (1 - 1.5 - 0.25));
        ModelDocument again = read(write(document));
        assertThat(again.metadata()).isEqualTo(document.metadata());
        assertThat(again.model()).isEqualTo(document.model());
    }

    /** The bytes are those that D-Wave's documentation shows for this model. */
    @Test
    void dimodsBinaryFormatIsTheDocumentedOne() throws IOException {
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        builder.addQuadratic(builder.variable("x"), builder.variable("y"), -1);
        var out = new ByteArrayOutputStream();
        ModelFile.write(ModelDocument.of(builder.build(), ModelFormat.DIMOD_BQM), out);
        String header =
                "{\"dtype\": \"float64\", \"itype\": \"int32\", \"ntype\": \"int32\","
                        + " \"shape\": [2, 1], \"type\": \"BinaryQuadraticModel\","
                        + " \"variables\": true, \"vartype\": \"BINARY\"}\n";
        String documented =
                "DIMODBQM\2\0\u00b2\0\0\0"
                        + header
                        + " ".repeat(0xb2 - header.length())
                        + "\0".repeat(8)
                        + ("\0".repeat(12) + "\1\0\0\0" + "\0".repeat(8))
                        + ("\1\0\0\0" + "\0".repeat(6) + "\u00f0\u00bf")
                        + ("\0\0\0\0" + "\0".repeat(6) + "\u00f0\u00bf")
                        + "VARS8\0\0\0"
                        + "[\"x\",\"y\"]"
                        + " ".repeat(0x38 - 9);
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(documented);
        assertThat(ModelFile.read(new ByteArrayInputStream(out.toByteArray()), "x.bqm").model())
                .isEqualTo(builder.build());
    }

    @Test
    void labelsOfDimodAreIntegersNumbersStringsAndLists() throws IOException {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        List<Object> labels =
                List.of("\u00e4", List.of("b", List.of(1, 2.5)), 1L << 40, -7, 0.5, List.of());
        builder.addVariables(labels).addQuadratic(0, 5, 2).addLinear(3, 1);
        var out = new ByteArrayOutputStream();
        ModelFile.write(ModelDocument.of(builder.build(), ModelFormat.DIMOD_BQM), out);
        assertThat(
                        ModelFile.read(new ByteArrayInputStream(out.toByteArray()), "x.bqm")
                                .model()
                                .variables())
                .isEqualTo(labels);
        builder.variable(Vartype.SPIN);
        assertThatThrownBy(() -> write(ModelDocument.of(builder.build(), ModelFormat.DIMOD_BQM)))
                .hasMessageContaining("the label SPIN cannot be written");
    }

    @Test
    void miniZincIsWritten() throws IOException {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        builder.addQuadratic(0, 1, -2).addLinear(1, 0.5).addOffset(3);
        assertThat(write(ModelDocument.of(builder.build(), ModelFormat.MINIZINC)))
                .isEqualTo(
                        """
                        set of int: Domain = {-1,1};

                        var Domain: x0;
                        var Domain: x1;

                        float: scale = 1.0;
                        float: offset = 3.0;

                        var float: objective = 0.5*x1 + -2.0*x0*x1;

                        solve minimize scale * (objective + offset);
                        """);
    }

    @Test
    void aFileIsReplacedOnlyWhenAllIsWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.txt");
        Files.writeString(file, "precious");
        var linear = BinaryQuadraticModel.builder(Vartype.SPIN).addLinear(0, 1).build();
        assertThatThrownBy(() -> ModelFile.write(linear, ModelFormat.MAX_CUT, file))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).hasContent("precious");
        ModelFile.write(linear, ModelFormat.QUBIST, file);
        assertThat(ModelFile.read(file).model()).isEqualTo(linear);
        assertThat(folder.toFile().list()).containsExactly("model.txt");
    }
}
