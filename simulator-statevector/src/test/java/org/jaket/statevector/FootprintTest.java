package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.junit.jupiter.api.Test;

/** The forecast of memory against numbers by hand and against what is allocated. */
class FootprintTest {
    private static final double MIB = 1 << 20;

    /**
     * 28 qubits: 2^28 amplitudes of 16 bytes, a byte for each 64 of them, and for each thread two
     * tiles of 2^15 and two blocks of 2^14 amplitudes, together 1.5 MiB.
     */
    @Test
    void countsAmplitudesSupportAndTiles() {
        Footprint two = Footprint.of(1, 28, Precision.DOUBLE, 2);
        assertThat(two.amplitudes()).isEqualTo(4096 * MIB);
        assertThat(two.support()).isEqualTo(4 * MIB);
        assertThat(two.tiles()).isEqualTo(3 * MIB);
        assertThat(two.total()).isEqualTo(4103 * MIB);
        assertThat(Footprint.of(1, 28, Precision.SINGLE, 2).total())
                .isEqualTo((2048 + 4 + 1.5) * MIB);
        assertThat(Footprint.of(2, 28, Precision.DOUBLE, 1).total())
                .isEqualTo((2 * 4100 + 1.5) * MIB);
        // Too small for a count of runs, smaller than a tile: 8 amplitudes, four tiles of them.
        assertThat(Footprint.of(1, 3, Precision.DOUBLE, 1).total()).isEqualTo(5 * 8 * 16);
        // Too large for a count of runs.
        assertThat(Footprint.of(1, 33, Precision.DOUBLE, 1).support()).isZero();
    }

    @Test
    void isWhatIsAllocated() {
        for (Precision precision : Precision.values()) {
            for (int qubits : new int[] {3, 15, 16, 20}) {
                Footprint forecast = Footprint.of(1, qubits, precision, 1);
                try (Amplitudes state =
                                Amplitudes.allocate(
                                        qubits, KernelChoice.of(precision, qubits), Workers.of(1));
                        Scratch pass =
                                Scratch.take(precision, Math.min(qubits, Schedule.TILE_BITS));
                        Scratch other = Scratch.take(precision, pass.tile.qubits());
                        Scratch block = Scratch.take(precision, state.blockBits());
                        Scratch second = Scratch.take(precision, state.blockBits())) {
                    Support support = state.support();
                    assertThat(forecast.amplitudes())
                            .isEqualTo((double) (state.re().byteSize() + state.im().byteSize()));
                    assertThat(forecast.support())
                            .isEqualTo(support == null ? 0.0 : (double) support.bytes());
                    assertThat(forecast.tiles())
                            .isEqualTo(
                                    bytes(pass.tile)
                                            + bytes(other.tile)
                                            + bytes(block.tile)
                                            + bytes(second.tile));
                }
            }
        }
    }

    private static double bytes(Tile tile) {
        return 8.0 * (tile.reDouble().length + tile.imDouble().length)
                + 4.0 * (tile.reFloat().length + tile.imFloat().length);
    }

    @Test
    void plansTellIt() {
        StateVectorSimulator simulator = StateVectorSimulator.create();
        ProgramPlan plan = simulator.compile(Circuit.of(20, c -> c.h(0).cx(0, 19))).plan();
        // 16 MiB, 16 KiB, three threads with 1.5 MiB each.
        assertThat(plan.memoryBytes(3)).isEqualTo(16 * MIB + 16384 + 4.5 * MIB);
        assertThat(plan.stateBytes()).isEqualTo(16 * MIB);
        assertThat(plan.memory(3))
                .isEqualTo(
                        "memory: 20.5 MiB, of which amplitudes 16.0 MiB, notes of where they are"
                                + " zero 16.0 KiB, tiles of 3 threads 4.5 MiB");
    }

    /** 39 qubits: 2^43 bytes, no support, 1.5 MiB of tiles. */
    @Test
    void refusalsAskForAllOfIt() {
        assertThatThrownBy(() -> StateVector.basis(39, 0, Precision.DOUBLE, 1))
                .isInstanceOfSatisfying(
                        InsufficientMemoryException.class,
                        e -> assertThat(e.needed()).isEqualTo(0x1p43 + 1.5 * MIB));
        InsufficientMemoryException two = Amplitudes.refusal(2, 38, Precision.SINGLE, 4);
        assertThat(two).isNotNull();
        if (two != null) {
            assertThat(two.needed()).isEqualTo(0x1p42 + 3 * MIB);
            assertThat(two)
                    .hasMessageStartingWith(
                            "2 states of 38 qubits in single precision need 4.0 TiB, but ");
        }
    }
}
