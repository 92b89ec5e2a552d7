package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** The interactive simulator against state vectors and the examples of Stim's documentation. */
class TableauSimulatorTest {
    private static TableauSimulator after(String circuit) {
        var state = new TableauSimulator(1);
        state.run(Circuit.stim(circuit));
        return state;
    }

    private static TableauSimulator random(int n, long seed) {
        var state = new TableauSimulator(n, seed);
        state.setState(Tableau.random(n, seed));
        return state;
    }

    private static double expectation(ComplexMatrix state, PauliString p) {
        return state.adjoint().times(p.toMatrix()).times(state).re(0, 0);
    }

    @Property(seed = "1", tries = 60)
    void peekedValuesAreExpectations(@ForAll @IntRange(min = 1, max = 4) int n, @ForAll long seed) {
        TableauSimulator state = random(n, seed);
        ComplexMatrix vector = state.stateVector();
        PauliString.all(n)
                .forEach(
                        p ->
                                assertThat((double) state.peek(p))
                                        .isCloseTo(
                                                expectation(vector, p),
                                                org.assertj.core.api.Assertions.within(1e-9)));
        for (int q = 0; q < n; q++) {
            assertThat(state.peekX(q)).isEqualTo(state.peek(PauliString.single(n, q, Pauli.X)));
            assertThat(state.peekY(q)).isEqualTo(state.peek(PauliString.single(n, q, Pauli.Y)));
            assertThat(state.peekZ(q)).isEqualTo(state.peek(PauliString.single(n, q, Pauli.Z)));
        }
    }

    /** (1 + r P) / 2 applied to the state before is the state after, up to scale. */
    @Property(seed = "2", tries = 60)
    void measurementsProject(
            @ForAll @IntRange(min = 1, max = 4) int n, @ForAll long seed, @ForAll boolean value) {
        TableauSimulator state = random(n, seed);
        PauliString p = PauliString.random(n, seed + 1);
        ComplexMatrix before = state.stateVector();
        TableauSimulator other = state.copy(7);
        boolean result = state.measure(p);
        assertThat(state.stateVector().distance(projected(before, p, result))).isLessThan(1e-9);
        assertThat(state.measure(p)).isEqualTo(result);
        assertThat(state.record()).containsExactly(result, result);
        int certain = other.peek(p);
        if (certain == (value ? 1 : -1)) {
            assertThatThrownBy(() -> other.postselect(p, value))
                    .isInstanceOf(IllegalStateException.class);
        } else {
            other.postselect(p, value);
            assertThat(other.stateVector().distance(projected(before, p, value))).isLessThan(1e-9);
            assertThat(other.record()).isEmpty();
        }
    }

    private static ComplexMatrix projected(ComplexMatrix state, PauliString p, boolean value) {
        ComplexMatrix sum = state.plus(p.toMatrix().times(state).scale(value ? -1 : 1, 0));
        int first = 0;
        while (Math.hypot(sum.re(first, 0), sum.im(first, 0)) < 1e-9) {
            first++;
        }
        double norm = Math.sqrt(sum.adjoint().times(sum).re(0, 0));
        double size = Math.hypot(sum.re(first, 0), sum.im(first, 0));
        return sum.scale(sum.re(first, 0) / size / norm, -sum.im(first, 0) / size / norm);
    }

    @Property(seed = "3", tries = 60)
    void kickbacksExchangeTheStatesAfterwards(
            @ForAll @IntRange(min = 1, max = 6) int n, @ForAll long seed) {
        TableauSimulator state = random(n, seed);
        TableauSimulator opposite = state.copy();
        int before = state.peekZ(0);
        TableauSimulator.Kickback kickback = state.measureKickback(0);
        if (before != 0) {
            assertThat(kickback.kickback()).isNull();
            assertThat(kickback.result()).isEqualTo(before < 0);
        } else {
            opposite.postselectZ(!kickback.result(), 0);
            state.apply(java.util.Objects.requireNonNull(kickback.kickback()));
            assertThat(state.canonicalStabilizers()).isEqualTo(opposite.canonicalStabilizers());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCliffordGateActsAsItsMatrix(StandardGate gate) {
        if (gate.qubits() == 0 || !gate.isClifford()) {
            return;
        }
        TableauSimulator state = random(2, 5);
        ComplexMatrix u = gate.matrix();
        int[] targets = gate.qubits() == 1 ? new int[] {0} : new int[] {0, 1};
        if (gate.qubits() == 1) {
            u = u.below(ComplexMatrix.identity(2));
        }
        ComplexMatrix expected = u.times(state.stateVector());
        state.apply(gate, targets);
        ComplexMatrix overlap = expected.adjoint().times(state.stateVector());
        assertThat(Math.hypot(overlap.re(0, 0), overlap.im(0, 0)))
                .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
    }

    /** From the documentation of stim.TableauSimulator.peek_observable_expectation. */
    @Test
    void documentedExpectations() {
        TableauSimulator bell = after("H 0\nCNOT 0 1");
        assertThat(List.of("XX", "YY", "ZZ", "-ZZ", "ZI", "II", "IIZ"))
                .extracting(text -> bell.peek(PauliString.stim(text)))
                .containsExactly(1, -1, 1, -1, 0, 1, 1);
    }

    /** From the documentation of stim.TableauSimulator.measure_observable and measure_kickback. */
    @Test
    void documentedMeasurements() {
        TableauSimulator bell = after("H 0\nCNOT 0 1");
        assertThat(bell.measure(PauliString.stim("XX"))).isFalse();
        assertThat(bell.measure(PauliString.stim("YY"))).isTrue();
        assertThat(bell.measure(PauliString.stim("-ZZ"))).isTrue();
        TableauSimulator one = new TableauSimulator(3);
        assertThat(one.measureKickback(0)).isEqualTo(new TableauSimulator.Kickback(false, null));
        one.apply(StandardGate.H, 0);
        assertThat(one.measureKickback(0).kickback()).isEqualTo(PauliString.stim("X"));
        TableauSimulator chosen = new TableauSimulator(1);
        chosen.postselect(PauliString.stim("XX"), false);
        chosen.postselect(PauliString.stim("ZZ"), false);
        assertThat(chosen.peek(PauliString.stim("YY"))).isEqualTo(-1);
    }

    @Test
    void blochVectorsAreSigned() {
        TableauSimulator state = after("X 0\nH 1\nSQRT_X 2\nH 3\nCX 3 4");
        assertThat(List.of(0, 1, 2, 3, 4, 9))
                .extracting(q -> state.peekBloch(q).toStim())
                .containsExactly("-Z", "+X", "-Y", "+_", "+_", "+Z");
        assertThat(state.qubits()).isEqualTo(10);
    }

    @Test
    void recordAndFeedbackGoOnFromCallToCall() {
        TableauSimulator state = after("X 0\nM 0 1");
        state.run(Circuit.stim("CX rec[-2] 1\nM 1"));
        assertThat(state.record()).containsExactly(true, false, true);
    }

    @Test
    void equalSeedsGiveEqualResultsAndCopiesTheSameFuture() {
        var a = new TableauSimulator(5, 11);
        var b = new TableauSimulator(5, 11);
        Circuit circuit = Circuit.stim("H 0 1 2 3 4\nDEPOLARIZE1(0.3) 0 1 2 3 4\nM 0 1 2 3 4");
        a.run(circuit);
        b.run(circuit);
        assertThat(a.record()).isEqualTo(b.record());
        TableauSimulator copy = a.copy();
        for (int k = 0; k < 10; k++) {
            a.run(circuit);
            copy.run(circuit);
        }
        assertThat(copy.record()).isEqualTo(a.record());
        assertThat(a.copy(12).record()).isEqualTo(a.record());
    }

    @Test
    void statesAreSetFromStabilizersVectorsAndTableaux() {
        var state = new TableauSimulator(0);
        state.setState(List.of(PauliString.stim("XX"), PauliString.stim("-ZZ")));
        assertThat(state.stateVector().re(1, 0))
                .isEqualTo(Math.sqrt(0.5), org.assertj.core.api.Assertions.within(1e-12));
        var other = new TableauSimulator(0);
        other.setStateVector(state.stateVector());
        assertThat(other.canonicalStabilizers())
                .containsExactly(PauliString.stim("XX"), PauliString.stim("-ZZ"));
        other.apply(Tableau.of(StandardGate.CX), 0, 1);
        assertThat(other.canonicalStabilizers())
                .containsExactly(PauliString.stim("X_"), PauliString.stim("-_Z"));
        assertThat(other.inverseTableau().inverse().canonicalStabilizers())
                .isEqualTo(other.canonicalStabilizers());
    }

    @Test
    void droppedQubitsAreMeasured() {
        TableauSimulator state = after("H 0\nCX 0 1\nH 2");
        state.setQubits(1);
        assertThat(state.qubits()).isEqualTo(1);
        assertThat(state.peekZ(0)).isNotZero();
        state.setQubits(3);
        assertThat(state.peekZ(2)).isEqualTo(1);
    }

    @Test
    void noiseAndResetsAct() {
        TableauSimulator state = new TableauSimulator(2, 1);
        state.noise(org.jaket.circuit.noise.Noise.X_ERROR, List.of(1.0), 0);
        assertThat(state.peekZ(0)).isEqualTo(-1);
        state.reset(0);
        assertThat(state.peekZ(0)).isEqualTo(1);
        state.reset(Pauli.Y, 1);
        assertThat(state.peekY(1)).isEqualTo(1);
        int flips = 0;
        for (int k = 0; k < 3000; k++) {
            state.reset(0);
            state.depolarize1(0.75, 0);
            flips += state.peekZ(0) < 0 ? 1 : 0;
        }
        // X and Y: half of the time; five standard deviations are 137.
        assertThat(flips).isBetween(1363, 1637);
    }

    @Test
    void qubitsAreAddedOneByOne() {
        var state = new TableauSimulator(1);
        state.apply(StandardGate.H, 0);
        for (int q = 1; q < 700; q++) {
            state.apply(StandardGate.CX, q - 1, q);
        }
        boolean[] results = state.measureMany(0, 350, 699);
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(results[2]).isEqualTo(results[0]);
    }
}
