package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/** How much of a state passes go through, against the tiles that are not zero in a run. */
class ReachTest {
    private static final int QUBITS = 19;
    private static final Workers ALONE = Workers.of(1);

    @Test
    void noPassMeetsMoreTilesThanItsShare() {
        Random random = new Random(9);
        int less = 0;
        for (int round = 0; round < 40; round++) {
            Program program = Lowering.compile(circuit(random));
            List<double[]> shares = Reach.shares(program);
            Kernels kernels = KernelChoice.of(Precision.DOUBLE, QUBITS);
            Runner runner = new Runner(ALONE);
            try (Amplitudes state = Amplitudes.allocate(QUBITS, kernels, ALONE)) {
                state.setBasis(0, runner);
                for (int i = 0; i < program.instructions().length; i++) {
                    List<Pass> passes = Reach.passes(program.instructions()[i]);
                    for (int p = 0; p < passes.size(); p++) {
                        double share = shares.get(i)[p];
                        assertThat(met(state, passes.get(p))).isLessThanOrEqualTo(share);
                        less += share < 1 ? 1 : 0;
                        runner.apply(passes.get(p), state);
                    }
                }
            }
        }
        assertThat(less).isGreaterThan(40);
    }

    /** The share of the tiles of a pass that may be other than zero. */
    private static double met(Amplitudes state, Pass pass) {
        Support support = state.support();
        int tiles = 1 << QUBITS - Long.bitCount(pass.local());
        if (support == null) {
            return 1;
        }
        long outer = (1L << QUBITS) - 1 & ~pass.local();
        int met = 0;
        for (int t = 0; t < tiles; t++) {
            met += support.meets(Long.expand(t, outer), pass.local()) ? 1 : 0;
        }
        return (double) met / tiles;
    }

    private static Circuit circuit(Random random) {
        return Circuit.of(
                QUBITS,
                c -> {
                    int gates = 5 + random.nextInt(40);
                    for (int k = 0; k < gates; k++) {
                        int a = random.nextInt(QUBITS);
                        int b = (a + 1 + random.nextInt(QUBITS - 1)) % QUBITS;
                        switch (random.nextInt(5)) {
                            case 0 -> c.h(a);
                            case 1 -> c.cx(a, b);
                            case 2 -> c.swap(a, b);
                            case 3 -> c.cry(0.3, a, b);
                            default -> c.cz(a, b);
                        }
                    }
                });
    }

    @Test
    void loopsReachInLaterTurnsWhatEarlierOnesHaveMoved() {
        Circuit circuit =
                Circuit.of(
                        QUBITS,
                        c ->
                                c.repeat(
                                        3,
                                        body -> {
                                            for (int q = 0; q < 15; q++) {
                                                body.h(q);
                                            }
                                            body.measure(0);
                                            body.h(18);
                                        }));
        Program program = Lowering.compile(circuit);
        List<double[]> shares = Reach.shares(program);
        double first = 0;
        for (int i = 0; i < shares.size() && first == 0; i++) {
            first = shares.get(i).length > 0 ? shares.get(i)[0] : 0;
        }
        // In the first turn alone only one tile of sixteen would be other than zero.
        assertThat(first).isEqualTo(1.0 / 8);
    }
}
