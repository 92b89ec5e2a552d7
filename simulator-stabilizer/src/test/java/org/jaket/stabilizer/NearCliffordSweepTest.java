package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.SweepBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Sweep bits of shots of near-Clifford circuits: each choice of bits against the exact distribution
 * of the circuit in which its Paulis are written out.
 */
class NearCliffordSweepTest {
    private static final Pattern CONTROLLED = Pattern.compile("C([XYZ]) sweep\\[(\\d+)\\] (\\d+)");

    private static final int SHOTS = 160_000;

    /** Shot s has bit k of s as sweep bit k. */
    private static final SweepBits COUNTING =
            batch -> {
                for (int shot = 0; shot < batch.shots(); shot++) {
                    for (int k = 0; k < batch.bits(); k++) {
                        batch.set(shot, k, (batch.firstShot() + shot >> k & 1) != 0);
                    }
                }
            };

    private static final String AT_ONCE =
            "CX sweep[0] 0\nH 0\nT 0\nCY sweep[1] 0\nX_ERROR(0.1) 0\nR_X(0.3) 0\nCZ sweep[2] 0\nMX 0\n"
                    + "T 0\nH 0\nCX sweep[0] 0\nCX rec[-1] 0\nT 0\nCY sweep[2] 0\nMX 0\nMY 0";
    private static final String ENTANGLED =
            "RX 0 1\nT 0 1\nCZ 0 1\nCX sweep[1] 1\nR_PAULI(0.2) X0*Y1\nCZ sweep[0] 0\nT 1\nM 0\n"
                    + "CY sweep[2] 1\nR_Y(0.4) 1\nMX 1";

    /** The circuit with Paulis for the given bits. */
    private static Circuit with(String stim, int bits) {
        return Circuit.stim(
                CONTROLLED
                        .matcher(stim)
                        .replaceAll(
                                m -> {
                                    boolean one = (bits >> Integer.parseInt(m.group(2)) & 1) != 0;
                                    return (one ? m.group(1) : "I") + " " + m.group(3);
                                }));
    }

    private static Map<String, Long> counts(ShotSampler sampler, int bits) throws IOException {
        Map<String, Long> counts = new HashMap<>();
        sampler.sample(
                RunOptions.shots(SHOTS).seed(17).threads(2),
                COUNTING,
                batch -> {
                    for (int shot = 0; shot < batch.shots(); shot++) {
                        if ((batch.firstShot() + shot & 7) == bits) {
                            StringBuilder text = new StringBuilder();
                            for (int k = 0; k < batch.bits(); k++) {
                                text.append(batch.get(shot, k) ? '1' : '0');
                            }
                            counts.merge(text.toString(), 1L, Long::sum);
                        }
                    }
                });
        return counts;
    }

    /** At six standard errors and five events for the rarest: false alarms are below 1e-6 each. */
    @ParameterizedTest
    @ValueSource(strings = {AT_ONCE, ENTANGLED})
    void recordsFollowTheLawOfTheCircuitWithTheirPaulis(String stim) throws IOException {
        ShotSampler sampler = ShotSampler.measurements(Circuit.stim(stim));
        assertThat(sampler.sweepBits()).isEqualTo(3);
        int shots = SHOTS / 8;
        for (int bits = 0; bits < 8; bits++) {
            var law = new NearCliffordSimulator().probabilities(with(stim, bits)).probabilities();
            Map<String, Long> counts = counts(sampler, bits);
            for (var entry : law.entrySet()) {
                double p = Math.min(1, entry.getValue());
                assertThat(counts.getOrDefault(entry.getKey(), 0L) / (double) shots)
                        .as("%s with sweep bits %d", entry.getKey(), bits)
                        .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / shots) + 5.0 / shots));
            }
            assertThat(law.keySet()).containsAll(counts.keySet());
        }
    }

    private static void append(ShotBatch batch, StringBuilder to) {
        for (int shot = 0; shot < batch.shots(); shot++) {
            to.append(Long.toHexString(batch.words()[shot * batch.stride()])).append(' ');
        }
    }

    @Test
    void bitsThatAreZeroChangeNothing() throws IOException {
        ShotSampler sampler = ShotSampler.measurements(Circuit.stim(AT_ONCE));
        StringBuilder without = new StringBuilder();
        StringBuilder zeros = new StringBuilder();
        RunOptions options = RunOptions.shots(3_000).seed(4);
        sampler.sample(options, batch -> append(batch, without));
        sampler.sample(options, batch -> {}, batch -> append(batch, zeros));
        assertThat(zeros).asString().isNotEmpty().isEqualTo(without.toString());
    }

    /**
     * Z between T and its inverse flips the X basis; X on |+> and X after all results do nothing.
     */
    @Test
    void sweptPaulisFlipDetectorsAsErrorsDo() throws IOException {
        String stim =
                "RX 0 1\nT 0\nCZ sweep[0] 0\nCX sweep[1] 1\nT_DAG 0\nMX 0 1\n"
                        + "DETECTOR rec[-2]\nDETECTOR rec[-1]\nCX sweep[2] 0";
        ShotSampler sampler = ShotSampler.detectors(Circuit.stim(stim));
        for (int bits = 0; bits < 8; bits++) {
            String expected = (bits & 1) != 0 ? "10" : "00";
            assertThat(counts(sampler, bits)).containsExactly(Map.entry(expected, SHOTS / 8L));
        }
    }
}
