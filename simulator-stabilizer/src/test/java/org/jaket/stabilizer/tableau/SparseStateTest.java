package org.jaket.stabilizer.tableau;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.Progress;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** States as lists of letters against the same states in packed rows. */
class SparseStateTest {
    private static final List<StandardGate> CLIFFORDS =
            Arrays.stream(StandardGate.values()).filter(g -> g.clifford() != null).toList();

    private static final Pauli[] BASES = {Pauli.X, Pauli.Y, Pauli.Z};

    /** Both states, treated alike, and what they were asked to decide. */
    private static final class Pair {
        final StabilizerState sparse;
        final StabilizerState packed;
        final Random random;
        final int qubits;

        Pair(int qubits, long seed) {
            this.qubits = qubits;
            this.sparse = StabilizerState.sparse(qubits);
            this.packed = StabilizerState.packed(qubits);
            this.random = new Random(seed);
        }

        private int[] distinct(int count) {
            return random.ints(0, qubits).distinct().limit(count).toArray();
        }

        private Step.Product product() {
            int[] xs = distinct(1 + random.nextInt(Math.min(3, qubits)));
            int[] zs = distinct(1 + random.nextInt(Math.min(3, qubits)));
            return new Step.Product(xs, zs, random.nextBoolean());
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> gate();
                case 4 -> {
                    Step.Rotate rotation = new Step.Rotate(random.nextBoolean(), product());
                    sparse.rotate(rotation);
                    packed.rotate(rotation);
                }
                case 5, 6 -> measure();
                default -> {
                    Step.Product product = product();
                    long seed = random.nextLong();
                    Coin one = new Coin(seed);
                    Coin two = new Coin(seed);
                    assertThat(sparse.measure(product, one))
                            .isEqualTo(packed.measure(product, two));
                    assertThat(one.asked).isEqualTo(two.asked);
                }
            }
        }

        private void gate() {
            StandardGate gate = CLIFFORDS.get(random.nextInt(CLIFFORDS.size()));
            CliffordAction forward = gate.clifford();
            CliffordAction backward = ((StandardGate) gate.inverse()).clifford();
            if (forward == null || backward == null || forward.qubits() > qubits) {
                return;
            }
            Step.Unitary step = new Step.Unitary(forward, backward, distinct(forward.qubits()));
            sparse.apply(step);
            packed.apply(step);
        }

        private void measure() {
            int[] targets = distinct(1 + random.nextInt(qubits));
            Pauli basis = BASES[random.nextInt(3)];
            boolean resets = random.nextBoolean();
            long seed = random.nextLong();
            Coin one = new Coin(seed);
            Coin two = new Coin(seed);
            boolean[] here = new boolean[targets.length];
            boolean[] there = new boolean[targets.length];
            sparse.measure(basis, resets, targets, one, here);
            packed.measure(basis, resets, targets, two, there);
            assertThat(here).isEqualTo(there);
            assertThat(one.asked).isEqualTo(two.asked);
        }
    }

    private static final class Coin implements BooleanSupplier {
        private final Random random;
        int asked;

        Coin(long seed) {
            random = new Random(seed);
        }

        @Override
        public boolean getAsBoolean() {
            asked++;
            return random.nextBoolean();
        }
    }

    @Property(tries = 300)
    void listsAndPackedRowsGiveTheSameResultsAndState(
            @ForAll @IntRange(min = 1, max = 9) int qubits, @ForAll long seed) {
        Pair pair = new Pair(qubits, seed);
        for (int k = 0; k < 60; k++) {
            pair.step();
        }
        // The states are equal if Paulis have the same expectations: here all that are found by
        // measuring, and random ones.
        StabilizerState left = pair.sparse.copy();
        for (int k = 0; k < 40; k++) {
            PauliString pauli = pauli(qubits, pair.random);
            assertThat(left.expectation(pauli)).isEqualTo(pair.packed.expectation(pauli));
        }
        for (int q = 0; q < qubits; q++) {
            PauliString stabiliser = pair.packed.inverse().inverseImage(z(qubits, q));
            assertThat(pair.packed.expectation(stabiliser)).isEqualTo(1);
            assertThat(left.expectation(stabiliser)).isEqualTo(1);
        }
    }

    private static PauliString pauli(int qubits, Random random) {
        long[] xs = {random.nextLong() & (1L << qubits) - 1};
        long[] zs = {random.nextLong() & (1L << qubits) - 1};
        return PauliString.ofBits(qubits, xs, zs, 2 * random.nextInt(2));
    }

    private static PauliString z(int qubits, int qubit) {
        return PauliString.ofBits(qubits, new long[1], new long[] {1L << qubit}, 0);
    }

    @Test
    void aStateThatIsCrowdedIsPacked() {
        int qubits = 640;
        StabilizerState state = new StabilizerState(qubits);
        StabilizerState packed = StabilizerState.packed(qubits);
        Random random = new Random(5);
        List<Step.Unitary> gates = new ArrayList<>();
        for (int k = 0; k < 6000; k++) {
            StandardGate gate = k % 3 == 0 ? StandardGate.H : StandardGate.CX;
            CliffordAction action = gate.clifford();
            if (action == null) {
                throw new AssertionError(gate);
            }
            int[] targets = random.ints(0, qubits).distinct().limit(action.qubits()).toArray();
            gates.add(new Step.Unitary(action, action, targets));
        }
        assertThat(state.isSparse()).isTrue();
        gates.forEach(state::apply);
        gates.forEach(packed::apply);
        assertThat(state.isSparse()).isFalse();
        assertThat(state.inverse().sameAs(packed.inverse())).isTrue();
    }

    @Test
    void theReferenceOfALargeCodeIsThatOfPackedRows() {
        Circuit circuit = SurfaceCode.rotatedMemoryX(19).rounds(6).circuit();
        List<Step> steps = Lowering.of(circuit);
        int qubits = circuit.qubits();
        assertThat(new StabilizerState(qubits).isSparse()).isTrue();
        long[] folded = ReferenceSample.of(steps, qubits, true, Progress.NONE);
        long[] unfolded = ReferenceSample.of(steps, qubits, false, Progress.NONE);
        long[] packed =
                ReferenceSample.of(steps, StabilizerState.packed(qubits), true, Progress.NONE);
        assertThat(folded).isEqualTo(unfolded).isEqualTo(packed);
    }
}
