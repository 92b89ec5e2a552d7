package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.ShotSampler.Method;
import org.jaket.stabilizer.codes.ColorCode;
import org.jaket.stabilizer.codes.RepetitionCode;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.results.ShotBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Detectors sampled from mechanisms against the exact law of small circuits and against frames on
 * large ones. Checks are at six standard errors with fixed seeds: the few ten thousand of them fail
 * a right engine with probability below 1e-4.
 */
class MechanismLawTest {
    private static final long SHOTS = 100_000;

    private static String text(ShotBatch batch, int shot, int detectors) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < detectors; k++) {
            text.append(batch.get(shot, k) ? '1' : '0');
        }
        long observables = 0;
        for (int k = detectors; k < batch.bits(); k++) {
            observables |= (batch.get(shot, k) ? 1L : 0) << k - detectors;
        }
        return text + " " + observables;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_ERROR(0.003) 0 1\nM 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2] rec[-1]",
                "X_ERROR(0.3) 0 1\nM 0 1\nDETECTOR rec[-1]\nOBSERVABLE_INCLUDE(0) rec[-2]",
                "X_ERROR(0.5) 0\nZ_ERROR(0.75) 1\nM 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]",
                "RX 0 1\nZ_ERROR(0.008) 0\nY_ERROR(0.2) 1\nMX 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]",
                "RY 0 1\nZ_ERROR(0.1) 0\nX_ERROR(0.2) 1\nY_ERROR(0.3) 0\nMY 0\nMRY 1\nMY 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]",
                "DEPOLARIZE1(0.1) 0 1\nM(0.1) 0\nM 1 0\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]",
                "DEPOLARIZE1(0.9) 0\nM 0\nDEPOLARIZE1(1) 1\nM 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]",
                "H 0\nCX 0 1\nDEPOLARIZE2(0.2) 0 1\nMXX 0 1\nMZZ 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]",
                "H 0\nCX 0 1\nDEPOLARIZE2(0.6) 1 0\nMPP X0*X1 Z0*Z1\nDETECTOR rec[-1]\nDETECTOR rec[-2]",
                "R 0 2\nH 0 2\nCX 0 1 2 3\nPAULI_CHANNEL_2(0.01,0.02,0.03,0.04,0.05,0.06,0.07,0.08,0.01,0.02,0.03,0.04,0.05,0.06,0.07) 0 2\nMXX 0 1\nMZZ 0 1\nMXX 2 3\nMZZ 2 3\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]\nDETECTOR rec[-4]",
                "R 0 2\nH 0 2\nCX 0 1 2 3\nPAULI_CHANNEL_2(0.01,0,0.02,0,0,0.01,0,0.02,0.01,0,0,0.03,0,0.01,0.02) 0 2\nMXX 0 1\nMZZ 0 1\nMXX 2 3\nMZZ 2 3\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]\nDETECTOR rec[-4]",
                "H 0\nCX 0 1\nPAULI_CHANNEL_1(0.1,0.15,0.2) 0\nMXX 0 1\nMZZ 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]",
                "H 0\nCX 0 1\nPAULI_CHANNEL_1(0.1,0,0.1) 0\nMXX 0 1\nMZZ 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]",
                "E(0.1) X0 X1\nELSE_CORRELATED_ERROR(0.3) X1 Y2\nELSE_CORRELATED_ERROR(0.5) X0\nE(0.2) X2 Z0\nM 0 1 2\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]",
                "E(0) X2\nELSE_CORRELATED_ERROR(0.25) X2\nM 0 1 2\nDETECTOR rec[-1]",
                "H 0\nCX 0 1\nHERALDED_ERASE(0.4) 0\nMXX 0 1\nMZZ 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]",
                "H 0\nCX 0 1\nHERALDED_PAULI_CHANNEL_1(0.1,0.05,0.2,0.15) 0\nMXX 0 1\nMZZ 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]",
                "HERALDED_ERASE(0) 0\nMPAD(0.2) 0 0\nMR(0.1) 0\nDETECTOR rec[-1] rec[-2]\nDETECTOR rec[-3]\nDETECTOR rec[-4]",
                "X_ERROR(0.2) 0\nM 0\nCX rec[-1] 1\nCZ rec[-1] 2\nM 1 2\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]",
                "RX 0 1\nZ_ERROR(0.2) 0\nX_ERROR(0.1) 0\nSPP Z0*Z1\nMPP Y0*Z1 Z0*Y1\nDETECTOR rec[-1]\nDETECTOR rec[-2]",
                "REPEAT 4 {\n X_ERROR(0.1) 0\n MR(0.05) 0\n DETECTOR rec[-1]\n}",
                "M 2\nREPEAT 3 {\n X_ERROR(0.1) 0\n CX 0 2\n MR 2\n DETECTOR rec[-1] rec[-2]\n}\nM 0\nOBSERVABLE_INCLUDE(0) rec[-1]",
                "M 2 2\nREPEAT 2 {\n REPEAT 2 {\n  X_ERROR(0.1) 0\n  CX 0 2\n  MR 2\n  DETECTOR rec[-1] rec[-3]\n SWAP 0 1\n}\nX_ERROR(0.02) 0\n}\nM 0\nOBSERVABLE_INCLUDE(0) rec[-1]",
            })
    void smallCircuitsFollowTheirExactLaw(String stim) throws IOException {
        Circuit circuit = Circuit.stim(stim);
        Map<String, Double> law = ExactRecords.ofDetectors(circuit);
        ShotSampler sampler = ShotSampler.detectors(circuit, Method.MECHANISMS);
        int detectors = sampler.layout().detectors();
        Map<String, Long> counts = new HashMap<>();
        sampler.sample(
                RunOptions.shots(SHOTS).seed(5).threads(2),
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        counts.merge(text(batch, s, detectors), 1L, Long::sum);
                    }
                });
        double total = 0;
        for (Map.Entry<String, Double> e : law.entrySet()) {
            double p = Math.min(1, e.getValue());
            assertThat(counts.getOrDefault(e.getKey(), 0L) / (double) SHOTS)
                    .describedAs("probability of %s", e.getKey())
                    .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / SHOTS) + 5.0 / SHOTS));
            total += p;
        }
        assertThat(total).isCloseTo(1, within(1e-9));
        assertThat(law.keySet()).containsAll(counts.keySet());
    }

    static Stream<Circuit> memories() {
        return Stream.of(
                SurfaceCode.rotatedMemoryX(5).rounds(12).noise(0.01).circuit(),
                SurfaceCode.rotatedMemoryZ(3).rounds(40).noise(0.003).circuit(),
                SurfaceCode.unrotatedMemoryZ(3).rounds(1).noise(0.02).circuit(),
                RepetitionCode.memory(7).rounds(9).noise(0.02).circuit(),
                ColorCode.memoryXyz(5).rounds(7).noise(0.01).circuit());
    }

    /** Firing rates, correlations of neighbours in the record, and the law of the weight. */
    @ParameterizedTest
    @MethodSource("memories")
    void memoryExperimentsAreAsFramesHaveThem(Circuit circuit) throws IOException {
        double[] mechanisms = statistics(ShotSampler.detectors(circuit, Method.MECHANISMS), 3);
        double[] frames = statistics(ShotSampler.detectors(circuit, Method.FRAMES), 4);
        for (int k = 0; k < frames.length; k++) {
            double p = (frames[k] + mechanisms[k]) / 2;
            assertThat(mechanisms[k])
                    .describedAs("statistic %d", k)
                    .isCloseTo(frames[k], within(6 * Math.sqrt(2 * p / SHOTS) + 5.0 / SHOTS));
        }
    }

    private static double[] statistics(ShotSampler sampler, long seed) throws IOException {
        int bits = sampler.layout().bits();
        double[] sums = new double[3 * bits + 65];
        sampler.sample(
                RunOptions.shots(SHOTS).seed(seed).threads(2),
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        int weight = 0;
                        for (int k = 0; k < bits; k++) {
                            if (!batch.get(s, k)) {
                                continue;
                            }
                            weight++;
                            sums[k]++;
                            if (k > 0 && batch.get(s, k - 1)) {
                                sums[bits + k]++;
                            }
                            if (k >= 8 && batch.get(s, k - 8)) {
                                sums[2 * bits + k]++;
                            }
                        }
                        sums[3 * bits + Math.min(64, weight)]++;
                    }
                });
        for (int k = 0; k < sums.length; k++) {
            sums[k] /= SHOTS;
        }
        return sums;
    }

    @Test
    void aSeedGivesTheSameShotsOnAnyNumberOfThreads() throws IOException {
        Circuit circuit = SurfaceCode.rotatedMemoryX(5).rounds(5).noise(0.01).circuit();
        ShotSampler sampler = ShotSampler.detectors(circuit, Method.MECHANISMS);
        assertThat(hash(sampler, 1)).isEqualTo(hash(sampler, 3));
    }

    private static long hash(ShotSampler sampler, int threads) throws IOException {
        long[] hash = new long[1];
        sampler.sample(
                RunOptions.shots(5000).seed(9).threads(threads),
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        for (int k = 0; k < batch.bits(); k++) {
                            hash[0] = hash[0] * 31 + (batch.get(s, k) ? 1 : 2);
                        }
                    }
                });
        return hash[0];
    }

    /** X is flipped by the Z error, with probability 0.2, and not by the X error. */
    @Test
    void observablesOfPaulisAreFlippedByWhatAnticommutes() throws IOException {
        Circuit circuit =
                Circuit.stim("RX 0\nZ_ERROR(0.2) 0\nX_ERROR(0.3) 0\nOBSERVABLE_INCLUDE(1) X0");
        double[] rates = statistics(ShotSampler.detectors(circuit, Method.MECHANISMS), 1);
        assertThat(rates[0]).isZero();
        assertThat(rates[1]).isCloseTo(0.2, within(6 * Math.sqrt(0.2 * 0.8 / SHOTS)));
    }

    /**
     * Each turn takes qubit q to q - 1 of 47 places, so what the observable looks at recurs after
     * 47 turns. Of 400 turns the 9 that are 3, 50, .. 379 turns from the end let the error arrive.
     */
    @Test
    void loopsFoldWithPeriodsLongerThanWhatIsRemembered() throws IOException {
        StringBuilder text = new StringBuilder("REPEAT 400 {\nX_ERROR(0.05) 3\n");
        for (int q = 0; q < 46; q++) {
            text.append("SWAP ").append(q).append(' ').append(q + 1).append('\n');
        }
        Circuit circuit = Circuit.stim(text + "}\nM 0\nOBSERVABLE_INCLUDE(0) rec[-1]");
        double rate = (1 - Math.pow(0.9, 9)) / 2;
        double[] rates = statistics(ShotSampler.detectors(circuit, Method.MECHANISMS), 0);
        assertThat(rates[0]).isCloseTo(rate, within(6 * Math.sqrt(rate * (1 - rate) / SHOTS)));
    }

    @Test
    void detectorsThatAreRandomWithoutErrorsNeedFrames() {
        Circuit circuit = Circuit.stim("RX 0\nM 0\nDETECTOR rec[-1]");
        assertThatThrownBy(() -> ShotSampler.detectors(circuit, Method.MECHANISMS))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("random without errors");
        assertThat(ShotSampler.detectors(circuit).layout().detectors()).isEqualTo(1);
    }
}
