package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CancellationException;

/** The first writes to a large state can be interrupted within a tile. */
class FreshPagesTest {
    /** 2^23 amplitudes in single precision are 32 MiB for either part: 16 huge pages. */
    private static final int QUBITS = 23;

    private static final Kernels KERNELS = KernelChoice.of(Precision.SINGLE, QUBITS);

    @Test
    void smallStatesAreNotWatched() {
        assertThat(FreshPages.of(22, Precision.SINGLE)).isNull();
        assertThat(FreshPages.of(23, Precision.SINGLE)).isNotNull();
        assertThat(FreshPages.of(21, Precision.DOUBLE)).isNull();
        assertThat(FreshPages.of(22, Precision.DOUBLE)).isNotNull();
    }

    /** A tile over the upper four qubits has an amplitude in each page: 16 questions. */
    @Test
    void everyPageOfATileIsAskedFor() {
        try (Amplitudes state = Amplitudes.allocate(QUBITS, KERNELS, Workers.of(1))) {
            long local = 0xFL << QUBITS - 4 | 0x3F;
            state.set(64 + 3, 0.5, -0.25);
            FreshPages fresh = state.fresh();
            assertThat(fresh).isNotNull();
            if (fresh == null) {
                return;
            }
            int[] asked = new int[1];
            assertThat(fresh.touch(state, 64, local, () -> ++asked[0] > 5)).isFalse();
            assertThat(asked[0]).isEqualTo(6);
            assertThat(fresh.touch(state, 64, local, () -> ++asked[0] > 100)).isTrue();
            assertThat(asked[0]).isEqualTo(6 + 11);
            assertThat(state.fresh()).isNull();
            assertThat(state.re(64 + 3)).isEqualTo(0.5);
            assertThat(state.im(64 + 3)).isEqualTo(-0.25);
        }
    }

    /** The first tile of the first pass asks before each of its pages, not once. */
    @Test
    void theFirstPassAsksWithinATile() {
        Circuit upper =
                Circuit.of(
                        QUBITS,
                        c -> {
                            for (int q = QUBITS - 5; q < QUBITS; q++) {
                                c.h(q);
                            }
                        });
        int[] asked = new int[2];
        Progress stops =
                new Progress() {
                    @Override
                    public void report(long done, long total) {
                        asked[1]++;
                    }

                    @Override
                    public boolean isCancelled() {
                        // Compiling and clearing ask before the first report of the gates.
                        return asked[1] > 0 && ++asked[0] > 8;
                    }
                };
        StateVectorSimulator single = StateVectorSimulator.of(Precision.SINGLE);
        assertThatThrownBy(() -> single.state(upper, 1, stops))
                .isInstanceOf(CancellationException.class);
        assertThat(asked[0]).isEqualTo(9);
    }
}
