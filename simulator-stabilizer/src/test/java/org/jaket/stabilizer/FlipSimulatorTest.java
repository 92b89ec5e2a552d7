package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flips against conjugated Pauli strings and the examples of Stim's documentation. */
class FlipSimulatorTest {
    private static FlipSimulator plain(int shots, int qubits) {
        var flips = new FlipSimulator(shots, 1, false);
        flips.ensureQubits(qubits);
        return flips;
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreConjugated(StandardGate gate) {
        if (gate.qubits() == 0 || !gate.isClifford()) {
            return;
        }
        int[] targets = gate.qubits() == 1 ? new int[] {1} : new int[] {2, 0};
        PauliString.all(3)
                .forEach(
                        p -> {
                            FlipSimulator flips = plain(2, 3);
                            for (int q = 0; q < 3; q++) {
                                flips.setPauliFlip(p.get(q), q, 1);
                            }
                            flips.run(org.jaket.circuit.GateOperation.of(gate, targets));
                            assertThat(flips.pauliFlips(0)).isEqualTo(PauliString.identity(3));
                            assertThat(flips.pauliFlips(1)).isEqualTo(p.after(gate, targets).abs());
                        });
    }

    @Test
    void squareRootsOfProductsConjugate() {
        Circuit spp = Circuit.stim("SPP X0*Y1*Z2");
        PauliString.all(3)
                .forEach(
                        p -> {
                            FlipSimulator flips = plain(1, 3);
                            for (int q = 0; q < 3; q++) {
                                flips.setPauliFlip(p.get(q), q, 0);
                            }
                            flips.run(spp);
                            assertThat(flips.pauliFlips(0)).isEqualTo(p.after(spp).abs());
                        });
    }

    /** From the documentation of stim.FlipSimulator.broadcast_pauli_errors. */
    @Test
    void documentedBroadcast() {
        FlipSimulator flips = plain(2, 3);
        flips.broadcast(Pauli.X, new long[][] {{0b01}, {0}, {0b11}}, 1);
        assertThat(flips.pauliFlips())
                .containsExactly(PauliString.stim("X_X"), PauliString.stim("__X"));
        flips.broadcast(Pauli.Z, new long[][] {{0b10}, {0}, {0b11}}, 1);
        assertThat(flips.pauliFlips())
                .containsExactly(PauliString.stim("X_Y"), PauliString.stim("Z_Y"));
    }

    /** From the documentation of stim.FlipSimulator.peek_pauli_flips. */
    @Test
    void documentedErrors() {
        FlipSimulator flips = plain(2, 10);
        flips.run(Circuit.stim("X_ERROR(1) 0 3 5\nZ_ERROR(1) 3 6"));
        assertThat(flips.pauliFlips(1)).isEqualTo(PauliString.stim("X__Y_XZ___"));
    }

    @Test
    void resultsDetectorsAndObservablesSeeTheErrors() {
        FlipSimulator flips = plain(100, 4);
        flips.setPauliFlip(Pauli.X, 0, 99);
        flips.setPauliFlip(Pauli.Y, 1, 7);
        flips.run(
                Circuit.stim(
                        "CX 0 2\nM 2 1\nMX 1\nMPP X1*Z0\nDETECTOR rec[-4]\nDETECTOR rec[-3] rec[-2]\nOBSERVABLE_INCLUDE(1) rec[-4] X1\nCX rec[-4] 3"));
        assertThat(flips.results()).isEqualTo(4);
        assertThat(flips.resultFlips(0)).containsExactly(0, 1L << 35);
        assertThat(flips.resultFlips(1)).containsExactly(1 << 7, 0);
        assertThat(flips.resultFlip(2, 7)).isTrue();
        assertThat(flips.resultFlip(3, 99)).isTrue();
        assertThat(flips.detectorFlip(0, 99)).isTrue();
        assertThat(flips.detectorFlip(1, 7)).isFalse();
        assertThat(flips.observables()).isEqualTo(2);
        assertThat(flips.observableFlip(1, 7)).isTrue();
        assertThat(flips.pauliFlips(99)).isEqualTo(PauliString.stim("X_XX"));
    }

    /** Rates are within five standard deviations of what the bulk sampler's laws say. */
    @Test
    void channelsHaveTheirRates() {
        FlipSimulator flips = plain(40_000, 2);
        flips.run(
                Circuit.stim(
                        "DEPOLARIZE2(0.3) 0 1\nM 0\nR 0 1\nPAULI_CHANNEL_1(0.1,0.2,0.3) 0\nM 0\nHERALDED_ERASE(0.4) 1\nE(0.5) X1\nELSE_CORRELATED_ERROR(0.5) X0\nM(0.25) 0"));
        assertRate(flips.resultFlips(0), 0.3 * 8 / 15);
        assertRate(flips.resultFlips(1), 0.3);
        assertRate(flips.resultFlips(2), 0.4);
        double flipped = 0.3 * 0.75 + 0.7 * 0.25;
        assertRate(flips.resultFlips(3), flipped * 0.75 + (1 - flipped) * 0.25);
    }

    private static void assertRate(long[] row, double rate) {
        long hits = java.util.Arrays.stream(row).map(Long::bitCount).sum();
        double deviation = Math.sqrt(40_000 * rate * (1 - rate));
        assertThat((double) hits)
                .isBetween(40_000 * rate - 5 * deviation, 40_000 * rate + 5 * deviation);
    }

    @Test
    void randomisedStabilizersMakeAnticommutingResultsRandom() {
        var flips = new FlipSimulator(4096, 3, true);
        flips.run(Circuit.stim("M 0\nMX 0\nMX 0\nM 0\nDETECTOR rec[-3] rec[-2]"));
        assertThat(flips.resultFlips(0)).containsOnly(0);
        assertThat(flips.detectorFlips(0)).containsOnly(0);
        long ones = java.util.Arrays.stream(flips.resultFlips(3)).map(Long::bitCount).sum();
        // Five standard deviations of 4096 fair coins are 160.
        assertThat(ones).isBetween(2048L - 160, 2048L + 160);
    }

    @Test
    void copiesAndClearedSimulatorsStartAgain() {
        var flips = new FlipSimulator(300, 3, true);
        flips.run(Circuit.stim("X_ERROR(0.3) 0\nM 0"));
        FlipSimulator copy = flips.copy();
        Circuit more = Circuit.stim("X_ERROR(0.3) 0\nM 0");
        flips.run(more);
        copy.run(more);
        assertThat(copy.resultFlips(1)).isEqualTo(flips.resultFlips(1));
        flips.clear();
        assertThat(flips.results()).isZero();
        assertThat(flips.qubits()).isEqualTo(1);
        flips.appendResultFlips(new long[] {5, 0, 0, 0, 1});
        assertThat(flips.resultFlip(0, 2)).isTrue();
        assertThat(flips.resultFlip(0, 256)).isTrue();
    }

    @Test
    void lookbacksBeforeTheFirstResultAreRefused() {
        FlipSimulator flips = plain(1, 1);
        assertThatThrownBy(() -> flips.run(Circuit.stim("CX rec[-1] 0")))
                .hasMessageContaining("rec[-1] refers to a measurement before the first one");
    }
}
