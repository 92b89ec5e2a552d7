package org.jaket.stabilizer.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.stabilizer.FlipSimulator;
import org.jaket.stabilizer.clifford.Lowering;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is found on the way back, against Pauli flips that are carried forward. */
class BackwardWalkTest {
    private static final int QUBITS = 4;
    private static final Pauli[] ERRORS = {Pauli.X, Pauli.Z, Pauli.Y};

    private static final BackwardWalk.Listener NOTHING = (row, step, qubit) -> {};

    /** Which detectors and observables (complements) the rest of a circuit flips after an error. */
    private static List<List<Integer>> flippedForward(List<Operation> rest, Circuit whole) {
        FlipSimulator flips = new FlipSimulator(3 * QUBITS, 1, false);
        flips.ensureQubits(QUBITS);
        int from = whole.operations().size() - rest.size();
        for (Operation operation : whole.operations().subList(0, from)) {
            flips.run(operation);
        }
        for (int e = 0; e < 3 * QUBITS; e++) {
            flips.setPauliFlip(ERRORS[e % 3], e / 3, e);
        }
        rest.forEach(flips::run);
        List<List<Integer>> all = new ArrayList<>();
        for (int e = 0; e < 3 * QUBITS; e++) {
            List<Integer> found = new ArrayList<>();
            for (int o = flips.observables() - 1; o >= 0; o--) {
                if (flips.observableFlip(o, e)) {
                    found.add(~o);
                }
            }
            for (int d = 0; d < flips.detectors(); d++) {
                if (flips.detectorFlip(d, e)) {
                    found.add(d);
                }
            }
            all.add(found);
        }
        return all;
    }

    @Property(tries = 300)
    void anErrorFlipsWhatItsFrameFlipsFurtherOn(@ForAll @IntRange(min = 0) int seed) {
        Circuit circuit = Circuit.stim(new RandomText(seed).text());
        List<Operation> operations = circuit.operations();
        var body = circuit.body();
        var state = new Sensitivities(QUBITS, body.detectors(), body.results());
        var walk = new BackwardWalk(state, NOTHING);
        Lowering lowering = Lowering.ofOperations();
        for (int k = operations.size() - 1; k >= 0; k--) {
            walk.undo(lowering.steps(operations.get(k)));
            var expected = flippedForward(operations.subList(k, operations.size()), circuit);
            for (int e = 0; e < 3 * QUBITS; e++) {
                int[] found = state.symptoms(walk.flippedBy(ERRORS[e % 3], e / 3));
                assertThat(found)
                        .as("%s on %d before operation %d of%n%s", ERRORS[e % 3], e / 3, k, circuit)
                        .containsExactly(
                                expected.get(e).stream().mapToInt(Integer::intValue).toArray());
            }
        }
        assertThat(state.detectors()).isZero();
        assertThat(state.results()).isZero();
    }

    /** A walk around 47 places meets an observable again after 47 turns, more than are kept. */
    @Test
    void longPeriodsAreFoundFromWhatIsRemembered() {
        int places = 47;
        var text = new StringBuilder("REPEAT 1000000000000 {\n");
        for (int q = 0; q + 1 < places; q++) {
            text.append("SWAP ").append(q).append(' ').append(q + 1).append('\n');
        }
        text.append("}\nM 0\nOBSERVABLE_INCLUDE(0) rec[-1]\n");
        Circuit circuit = Circuit.stim(text.toString());
        var state = new Sensitivities(places, 0, 1);
        new BackwardWalk(state, NOTHING).undo(Lowering.of(circuit));
        // A turn takes what is on qubit q to qubit q - 1, and what is on qubit 0 to the last.
        int origin = (int) (1_000_000_000_000L % places);
        for (int q = 0; q < places; q++) {
            assertThat(state.symptoms(Sensitivities.byX(q)))
                    .as("qubit %d", q)
                    .isEqualTo(q == origin ? new int[] {~0} : new int[0]);
        }
    }

    @Test
    void collapsesTellWhatIsRandom() {
        Circuit circuit = Circuit.stim("RY 0\nMX 0\nDETECTOR rec[-1]");
        List<String> told = new ArrayList<>();
        var state = new Sensitivities(1, 1, 1);
        new BackwardWalk(
                        state,
                        (row, step, qubit) ->
                                told.add(
                                        state.name(state.row(row)[0])
                                                + " "
                                                + (step == null ? "start" : step.getClass())
                                                + " "
                                                + qubit))
                .undo(Lowering.of(circuit));
        assertThat(told).containsExactly("D0 class org.jaket.stabilizer.clifford.Step$Reset 0");
    }

    @Test
    void resultsBeforeTheFirstAreRefused() {
        var walk = new BackwardWalk(new Sensitivities(1, 1, 1), NOTHING);
        assertThatThrownBy(
                        () -> walk.undo(Lowering.of(Circuit.stim("M 0\nDETECTOR rec[-2]").body())))
                .isInstanceOf(CircuitException.class)
                .hasMessage(
                        "rec[-2] refers to a measurement before the first one; there are 1 so far.");
    }

    /** Random circuits with loops, feedback and detectors, which need not be deterministic. */
    private static final class RandomText {
        private final Random random;
        private final StringBuilder text = new StringBuilder();
        private int results;

        RandomText(int seed) {
            random = new Random(seed);
        }

        String text() {
            body(12, 0);
            return text.append("M 0 1 2 3\nDETECTOR rec[-1] rec[-3]\n").toString();
        }

        private void body(int operations, int depth) {
            for (int k = 0; k < operations; k++) {
                switch (random.nextInt(9)) {
                    case 0 -> line(pick("H", "S", "C_XYZ", "SQRT_X", "H_NXZ"), qubit());
                    case 1 -> line(pick("CX", "CZ", "YCX", "ISWAP", "SQRT_XX"), pair());
                    case 2 -> measure(pick("M", "MX", "MY", "MR", "MRX", "MRY"), qubit());
                    case 3 -> line(pick("R", "RX", "RY"), qubit());
                    case 4 -> {
                        String[] ends = pair().split(" ");
                        String product =
                                pick("X", "Y", "Z") + ends[0] + "*" + pick("X", "Y") + ends[1];
                        if (random.nextBoolean()) {
                            line("SPP", product);
                        } else {
                            measure("MPP", product);
                        }
                    }
                    case 5 -> measure(pick("MXX", "MYY", "MZZ"), pair());
                    case 6 -> {
                        if (results > 0) {
                            line(pick("CX", "CY", "CZ"), result() + " " + qubit());
                        }
                    }
                    case 7 -> {
                        if (results > 0) {
                            line("DETECTOR", result() + " " + result());
                            line("OBSERVABLE_INCLUDE(" + random.nextInt(2) + ")", observed());
                        }
                    }
                    default -> {
                        if (depth < 2) {
                            int before = results;
                            int turns = depth == 0 ? 1 + random.nextInt(60) : 1 + random.nextInt(4);
                            line("REPEAT " + turns, "{");
                            line("MPAD", "0");
                            results++;
                            body(1 + random.nextInt(5), depth + 1);
                            line("", "}");
                            results = before + turns * (results - before);
                        }
                    }
                }
            }
        }

        private void line(String name, String targets) {
            text.append(name).append(' ').append(targets).append('\n');
        }

        private void measure(String name, String targets) {
            line(name, targets);
            results++;
        }

        private String pick(String... of) {
            return of[random.nextInt(of.length)];
        }

        private String qubit() {
            return "" + random.nextInt(QUBITS);
        }

        private String pair() {
            int a = random.nextInt(QUBITS);
            return a + " " + (a + 1 + random.nextInt(QUBITS - 1)) % QUBITS;
        }

        private String result() {
            return "rec[-" + (1 + random.nextInt(Math.min(results, 6))) + "]";
        }

        private String observed() {
            return random.nextBoolean() ? result() : pick("X", "Y", "Z") + qubit();
        }
    }
}
