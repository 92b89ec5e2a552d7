package org.jaket.stabilizer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.TableauSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Flows against runs of circuits, and the examples of Stim's documentation. */
class FlowsTest {
    /** From the documentation of stim.Circuit.flow_generators. */
    @Test
    void documentedGenerators() {
        assertThat(generators("H 0")).isEqualTo("X -> Z; Z -> X");
        assertThat(generators("M 0")).isEqualTo("1 -> Z xor rec[0]; Z -> rec[0]");
        assertThat(generators("RX 0")).isEqualTo("1 -> X");
        assertThat(generators("MXX 0 1"))
                .isEqualTo("1 -> XX xor rec[0]; _X -> _X; X_ -> _X xor rec[0]; ZZ -> ZZ");
        Circuit memory = Circuit.stim(MEMORY);
        assertThat(Flows.generators(memory))
                .extracting(Flow::toString)
                .containsExactly(
                        "1 -> rec[0]",
                        "1 -> rec[1]",
                        "1 -> rec[2]",
                        "1 -> rec[3]",
                        "1 -> rec[4]",
                        "1 -> rec[5]",
                        "1 -> rec[6]",
                        "1 -> ____Z",
                        "1 -> ___Z_",
                        "1 -> __Z__",
                        "1 -> _Z___",
                        "1 -> Z____");
    }

    /** A repetition code of distance 3 and two rounds. */
    private static final String MEMORY =
            """
            R 0 1 2 3 4
            REPEAT 2 {
                CX 0 1 2 3
                CX 2 1 4 3
                MR 1 3
            }
            M 0 2 4
            """;

    private static String generators(String circuit) {
        return Flows.generators(Circuit.stim(circuit)).stream()
                .map(Flow::toString)
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X -> Z",
                "1 -> -Z",
                "1 -> 1",
                "1 -> rec[0] xor rec[5]",
                "1 -> -rec[-2]",
                "-X_Y -> -__Z xor rec[0] xor obs[2]",
                "X0*Z99 -> Y99 xor obs[0]"
            })
    void textsReadBack(String text) {
        assertThat(Flow.parse(text))
                .hasToString(
                        text.equals("-X_Y -> -__Z xor rec[0] xor obs[2]")
                                ? text
                                : text.replace("Y99", "Y99"));
        assertThat(Flow.parse(Flow.parse(text).toString())).isEqualTo(Flow.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X",
                "X -> ",
                "-> X",
                "X -> Z xor",
                "X -> rec[a]",
                "X -> Z rec[0]",
                "iX -> X",
                "X -> Q"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Flow.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signsCount() {
        Circuit y = Circuit.stim("Y 0");
        assertThat(Flows.has(y, Flow.parse("X -> -X"))).isTrue();
        assertThat(Flows.has(y, Flow.parse("X -> X"))).isFalse();
        assertThat(Flows.hasUnsigned(y, Flow.parse("X -> X"))).isTrue();
        assertThat(Flows.has(Circuit.stim("M !0"), Flow.parse("Z -> -rec[-1]"))).isTrue();
        assertThat(Flows.has(Circuit.stim("MPAD 1 0"), Flow.parse("1 -> -rec[0] xor rec[1]")))
                .isTrue();
        assertThat(Flows.has(Circuit.stim("MX 0\nCZ rec[-1] 0"), Flow.parse("1 -> X"))).isTrue();
        assertThat(
                        Flows.has(
                                Circuit.stim("M 0\nOBSERVABLE_INCLUDE(3) rec[-1] Z0"),
                                Flow.parse("1 -> obs[3]")))
                .isTrue();
    }

    /**
     * The flow is asked of runs: P is put on an ancilla before, and Q, results and sign after, on
     * an input that is half of entangled pairs; the ancilla is then always 0, or random, or 1.
     */
    private static boolean holdsInRuns(Circuit circuit, Flow flow, long seed) {
        int n = circuit.qubits();
        for (int run = 0; run < 12; run++) {
            var state = new TableauSimulator(2 * n + 1, seed + run);
            for (int q = 0; q < n; q++) {
                state.run(Circuit.stim("H " + q + "\nCX " + q + " " + (n + q)));
            }
            onAncilla(state, flow.input().padded(n), 2 * n);
            state.run(circuit);
            onAncilla(state, flow.output().padded(n), 2 * n);
            boolean[] record = state.record();
            for (int r : flow.results()) {
                if (record[r]) {
                    state.apply(PauliString.single(2 * n + 1, 2 * n, Pauli.X));
                }
            }
            if (state.measure(2 * n)) {
                return false;
            }
        }
        return true;
    }

    private static void onAncilla(TableauSimulator state, PauliString p, int ancilla) {
        for (int q : p.support()) {
            String gate = p.get(q) == Pauli.X ? "XCX " : p.get(q) == Pauli.Y ? "YCX " : "CX ";
            state.run(Circuit.stim(gate + q + " " + ancilla));
        }
        if (p.phase() == 2) {
            state.apply(PauliString.single(ancilla + 1, ancilla, Pauli.X));
        }
    }

    static Circuit random(SplittableRandom random, int n, int length) {
        String[] gates = {
            "H %d",
            "S %d",
            "C_XYZ %d",
            "CX %d %d",
            "SQRT_XX %d %d",
            "M %d",
            "MX !%d",
            "MRY %d",
            "R %d",
            "RX %d",
            "MZZ %d !%d",
            "MPP !X%d*Y%d",
            "SPP X%d*!Y%d",
            "CY rec[-1] %d",
            "MPAD 1",
            "MR !%d",
            "ISWAP %d %d",
            "XCZ %d rec[-1]"
        };
        StringBuilder text = new StringBuilder("M 0\nH " + (n - 1) + "\n");
        for (int k = 0; k < length; k++) {
            int a = random.nextInt(n);
            int b = (a + 1 + random.nextInt(n - 1)) % n;
            text.append(gates[random.nextInt(gates.length)].formatted(a, b)).append('\n');
        }
        return Circuit.stim(text.toString());
    }

    @Property(seed = "1", tries = 80)
    void generatorsAndProductsHoldInRuns(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        Circuit circuit = random(random, 3, 8);
        List<Flow> generators = Flows.generators(circuit);
        assertThat(Flows.hasAll(circuit, generators)).isTrue();
        for (int k = 0; k < 6; k++) {
            Flow product = Flow.parse("1 -> 1");
            for (Flow generator : generators) {
                product = random.nextBoolean() ? product.times(generator) : product;
            }
            assertThat(Flows.has(circuit, product)).as("%s", product).isTrue();
            assertThat(holdsInRuns(circuit, product, seed)).as("%s", product).isTrue();
            Flow wrong = Flow.parse("1 -> -1").times(product);
            assertThat(Flows.has(circuit, wrong)).isFalse();
            assertThat(Flows.hasUnsigned(circuit, wrong)).isTrue();
            assertThat(holdsInRuns(circuit, wrong, seed)).isFalse();
        }
    }

    /** Most random flows do not hold; whether they do is decided alike. */
    @Property(seed = "2", tries = 60)
    void otherFlowsAreDecidedAsInRuns(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        Circuit circuit = random(random, 2, 5);
        for (int k = 0; k < 10; k++) {
            Flow flow =
                    Flow.of(
                            PauliString.random(2, random),
                            PauliString.random(2, random),
                            random.nextInt((int) circuit.results()));
            assertThat(Flows.has(circuit, flow))
                    .as("%s", flow)
                    .isEqualTo(holdsInRuns(circuit, flow, seed));
        }
    }

    /** The count of independent flows of a unitary on n qubits is 2 n. */
    @Test
    void everyFlowOfSmallCircuitsIsGenerated() {
        var random = new SplittableRandom(5);
        for (int k = 0; k < 20; k++) {
            Circuit circuit = random(random, 2, 5);
            List<PauliString> all = PauliString.all(2).toList();
            int results = (int) circuit.results();
            long found = 0;
            for (PauliString in : all) {
                for (PauliString out : all) {
                    for (int set = 0; set < 1 << results; set++) {
                        int[] chosen =
                                java.util.stream.IntStream.range(0, results)
                                        .filter(bits(set))
                                        .toArray();
                        found += Flows.hasUnsigned(circuit, Flow.of(in, out, chosen)) ? 1 : 0;
                    }
                }
            }
            assertThat(found).isEqualTo(1L << Flows.generators(circuit).size());
        }
    }

    private static java.util.function.IntPredicate bits(int set) {
        return r -> (set >> r & 1) != 0;
    }

    /** From the documentation of stim.Circuit.solve_flow_measurements. */
    @Test
    void resultsAreSolvedFor() {
        assertThat(
                        Flows.solveResults(
                                Circuit.stim("M 2"),
                                List.of(Flow.parse("Z2 -> 1"), Flow.parse("X2 -> X2"))))
                .containsExactly(Optional.of(List.of(0)), Optional.empty());
        assertThat(Flows.solveResults(Circuit.stim("MXX 0 1"), List.of(Flow.parse("YY -> ZZ"))))
                .containsExactly(Optional.of(List.of(0)));
        assertThatThrownBy(
                        () ->
                                Flows.solveResults(
                                        Circuit.stim("M 0"), List.of(Flow.parse("1 -> 1"))))
                .hasMessageContaining("has no letters");
    }

    @Property(seed = "3", tries = 60)
    void solutionsHold(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        Circuit circuit = random(random, 3, 8);
        List<Flow> flows = new ArrayList<>(Flows.generators(circuit));
        flows.removeIf(f -> f.input().weight() + f.output().weight() == 0);
        List<Optional<List<Integer>>> solutions = Flows.solveResults(circuit, flows);
        for (int f = 0; f < flows.size(); f++) {
            int[] results =
                    solutions.get(f).orElseThrow().stream().mapToInt(Integer::intValue).toArray();
            Flow solved = Flow.of(flows.get(f).input(), flows.get(f).output(), results);
            assertThat(Flows.hasUnsigned(circuit, solved)).isTrue();
        }
    }

    @Test
    void whatHasNoFlowsIsRefused() {
        assertThatThrownBy(() -> Flows.generators(Circuit.of(1, c -> c.t(0))))
                .isInstanceOf(UnsupportedCircuitException.class);
        assertThatThrownBy(() -> Flows.has(Circuit.stim("M 0"), Flow.parse("Z -> rec[1]")))
                .hasMessage("Z -> rec[1] names result 1, and the circuit has 1.");
        assertThatThrownBy(() -> Flows.generators(Circuit.stim("H 9999999")))
                .hasMessageContaining("at most 20000 qubits");
        assertThatThrownBy(() -> Flows.generators(Circuit.stim("REPEAT 1000000000000 {\nH 0\n}")))
                .hasMessageContaining("with repeats unfolded; at most");
    }

    /** From the documentation of stim.Circuit.missing_detectors. */
    @Test
    void documentedMissingDetectors() {
        assertThat(MissingDetectors.of(Circuit.stim("R 0\nM 0"), false).toStim())
                .isEqualTo("DETECTOR rec[-1]\n");
        String circuit =
                """
                MZZ 0 1
                MYY 0 1
                MXX 0 1
                DEPOLARIZE1(0.1) 0 1
                MZZ 0 1
                MYY 0 1
                MXX 0 1
                DETECTOR rec[-1] rec[-4]
                DETECTOR rec[-2] rec[-5]
                DETECTOR rec[-3] rec[-6]
                """;
        assertThat(MissingDetectors.of(Circuit.stim(circuit), true).toStim())
                .isEqualTo("DETECTOR rec[-3] rec[-2] rec[-1]\n");
    }

    @Property(seed = "4", tries = 60)
    void addedDetectorsLeaveNoneMissing(@ForAll long seed) {
        Circuit circuit = random(new SplittableRandom(seed), 3, 10);
        Circuit missing = MissingDetectors.of(circuit, true);
        Circuit complete = circuit.then(missing);
        assertThat(MissingDetectors.of(complete, true).operations()).isEmpty();
        // They are deterministic, or going back through them would be refused.
        assertThat(DetectingRegions.of(Circuit.stim("R 0 1 2").then(complete))).isNotNull();
    }

    /** From the documentation of stim.Circuit.count_determined_measurements. */
    @Test
    void documentedCounts() {
        assertThat(DeterminedResults.count(Circuit.stim("R 0\nM 0"), false)).isEqualTo(1);
        assertThat(DeterminedResults.count(Circuit.stim("R 0\nH 0\nM 0"), false)).isZero();
        assertThat(DeterminedResults.count(Circuit.stim("M 0"), false)).isEqualTo(1);
        assertThat(DeterminedResults.count(Circuit.stim("M 0"), true)).isZero();
        assertThat(DeterminedResults.count(Circuit.stim("M 0\nM 0 1\nM 0 1 2\nM 0 1 2 3"), true))
                .isEqualTo(6);
        assertThat(DeterminedResults.count(Circuit.stim("R 0 1\nMZZ 0 1\nMYY 0 1\nMXX 0 1"), false))
                .isEqualTo(2);
    }

    /** Fixed parities are as many as determined results: each adds one. */
    @Property(seed = "5", tries = 60)
    void countsAreThoseOfParities(@ForAll long seed) {
        Circuit circuit = random(new SplittableRandom(seed), 3, 10);
        long parities =
                Flows.generators(circuit).stream()
                        .filter(f -> f.input().weight() + f.output().weight() == 0)
                        .count();
        assertThat(DeterminedResults.count(circuit, true)).isEqualTo(parities);
    }
}
