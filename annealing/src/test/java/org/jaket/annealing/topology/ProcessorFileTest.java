package org.jaket.annealing.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.annealing.file.ModelFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Descriptions of processors, small ones made here and a real one. */
class ProcessorFileTest {
    private static final String PROPERTIES =
            """
            {"num_qubits": 8, "qubits": [0, 1, 2, 4, 5, 6, 7], "h_range": [-2.0, 2.0],
             "couplers": [[0, 4], [0, 5], [4, 1], [2, 7]],
             "topology": {"type": "chimera", "shape": [1, 1, 4]}}
            """;

    private static HardwareGraph read(String text) throws IOException {
        return HardwareGraph.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "f");
    }

    private static HardwareGraph expected() {
        return HardwareGraph.of(
                new Chimera(1, 1, 4),
                new int[] {0, 1, 2, 4, 5, 6, 7},
                List.of(new int[] {0, 4}, new int[] {0, 5}, new int[] {1, 4}, new int[] {2, 7}));
    }

    @Test
    void aSolverIsReadAloneInAListOrByItsProperties() throws IOException {
        String solver = "{\"id\": \"small\", \"properties\": " + PROPERTIES + "}";
        String hybrid = "{\"id\": \"hybrid\", \"properties\": {\"category\": \"hybrid\"}}";
        for (String text :
                List.of(
                        PROPERTIES,
                        solver,
                        "\n [" + solver + "]",
                        "[" + hybrid + "," + solver + "]")) {
            assertThat(read(text)).isEqualTo(expected());
            assertThat(read(text).topology()).contains(new Chimera(1, 1, 4));
        }
    }

    @Test
    void aTopologyThatIsNotKnownIsNone() throws IOException {
        HardwareGraph graph = read(PROPERTIES.replace("chimera", "kings"));
        assertThat(graph).isEqualTo(HardwareGraph.of(new int[] {0, 1, 2, 4, 5, 6, 7}, pairs()));
        assertThat(graph.topology()).isEmpty();
    }

    private static List<int[]> pairs() {
        return List.of(new int[] {0, 4}, new int[] {0, 5}, new int[] {1, 4}, new int[] {2, 7});
    }

    @Test
    void aListOfCouplers() throws IOException {
        HardwareGraph graph = read("# a path\n3 5\n\n5 4 \n9\n4 5\n");
        assertThat(graph.qubitNumbers()).containsExactly(3, 4, 5, 9);
        assertThat(graph.couplers()).isEqualTo(2);
        assertThat(graph.coupled(4, 5)).isTrue();
        assertThat(graph.topology()).isEmpty();
    }

    /** The counts are those of the lists in the file. */
    @Test
    void aRealProcessor() throws IOException {
        HardwareGraph graph = RealProcessor.load();
        assertThat(graph.topology()).contains(new Zephyr(12, 4));
        assertThat(graph.qubits()).isEqualTo(4594);
        assertThat(graph.couplers()).isEqualTo(41813);
    }

    /** A bar stands for the end of a line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; f: the file is empty",
                "# nothing; f: the file is empty",
                "0 1|1; none",
                "0 1|1 1; f:2:3: qubit 1 cannot be coupled to itself",
                "0 1 2; f:1:5: the line should end before",
                "0 x; f:1:3: a qubit should be an integer",
                "0 262144; f:1:3: a qubit should be at least 0 and at most 262143",
                "{}; f: the file describes no processor",
                "[]; f: the file describes no processor",
                "{} []; f:1:4: the file should end here",
                "[3]; f:1:2: a solver is an object",
                "{\"qubits\": [0, 1]}; f: the file describes no processor",
                "{\"qubits\": 3}; f:1:12: qubits should be a list of integers",
                "{\"qubits\": [0.5]}; f:1:13: qubits should be a list of integers",
                "{\"qubits\": [-1]}; f:1:13: qubits should have integers from 0 to 262143",
                "{\"qubits\": [99999999999999999999]}; qubits should have integers from 0",
                "{\"couplers\": [[0, 0]]}; a coupler has two different qubits, not [0, 0]",
                "{\"couplers\": [[0, 1, 2]]}; a coupler has two different qubits",
                "{\"qubits\": [0, 1], \"couplers\": [[0, 2]]}; f: coupler [0, 2]: qubit 2 is not",
                "{\"qubits\": [0, 1]; f:1:18: this is not JSON",
                "{\"topology\": 3}; f:1:14: \"topology\" should be an object",
                "{\"properties\": 3}; f:1:16: \"properties\" should be an object",
            })
    void oneClearErrorWithItsPlace(String text, String problem) throws IOException {
        if (problem.equals("none")) {
            assertThat(read(text.replace('|', '\n')).qubits()).isEqualTo(2);
            return;
        }
        assertThatThrownBy(() -> read(text.replace('|', '\n')))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void blanksBeforeItAreNothing() throws IOException {
        assertThat(read(" ".repeat(100_000) + "0 1").qubits()).isEqualTo(2);
        assertThat(read("\n\t".repeat(20_000) + PROPERTIES)).isEqualTo(expected());
    }

    @Test
    void whatTheTopologyDoesNotHaveIsRefused() {
        refused(PROPERTIES.replace("[2, 7]", "[2, 1]"), "has no coupler of qubits 1 and 2");
        refused(PROPERTIES.replace("5, 6, 7]", "5, 6, 8]"), "has no qubit 8");
        refused(PROPERTIES.replace("[1, 1, 4]", "[0, 1, 4]"), "f: ");
        refused(PROPERTIES.replace("[1, 1, 4]", "[200, 200, 4]"), "is too large for a processor");
        refused(PROPERTIES.replace("[1, 1, 4]", "[200000, 200000, 4]"), "f: ");
        refused("[" + PROPERTIES + "," + PROPERTIES + "]", "several processors: leave one");
    }

    private static void refused(String text, String problem) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(problem);
    }

    @Property(seed = "1", tries = 2000)
    void anyOtherCharacterIsAnErrorOrAProcessor(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(PROPERTIES);
        for (int k = random.nextInt(3); k >= 0; k--) {
            text.setCharAt(
                    random.nextInt(text.length()),
                    "0123456789[]{},\": -x".charAt(random.nextInt(20)));
        }
        Throwable thrown = catchThrowable(() -> read(text.toString()));
        assertThat(thrown == null || thrown instanceof ModelFileException)
                .as("%s", thrown)
                .isTrue();
    }
}
