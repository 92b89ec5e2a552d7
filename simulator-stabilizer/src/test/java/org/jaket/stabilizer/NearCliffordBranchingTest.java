package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Near-Clifford circuits that branch on results, whose numbers are known in closed form. */
class NearCliffordBranchingTest {
    private static final NearCliffordSimulator ENGINE = new NearCliffordSimulator();

    /** Of a result's last bits. */
    private static double probability(Distribution d, String ending) {
        return d.probabilities().entrySet().stream()
                .filter(e -> e.getKey().endsWith(ending))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** T|+> is teleported with corrections that are conditional gates; T_DAG takes it to |+>. */
    @ParameterizedTest
    @ValueSource(strings = {"X 2", "H 2\nZ 2\nH 2"})
    void aTeleportedMagicStateIsItself(String correction) {
        String text =
                "RX 0\nT 0\nRX 1\nCX 1 2\nCX 0 1\nMX 0\nM 1\n"
                        + ("IF rec[-1] {\n" + correction + "\n}\nIF rec[-2] {\n Z 2\n}\n")
                        + "T_DAG 2\nMX 2";
        Distribution d = ENGINE.probabilities(Circuit.stim(text));
        assertThat(d.probabilities()).hasSize(4);
        for (String key : new String[] {"000", "010", "100", "110"}) {
            assertThat(d.get(key)).isCloseTo(0.25, within(1e-14));
        }
    }

    /**
     * T on |+> by teleportation through T|+>: CX, measurement of the magic state, S where that is
     * one (up to a phase). The result in the X basis is 0 with cos^2(pi/8), for S_DAG instead of S
     * with the mean of that and cos^2(3 pi/8).
     */
    @Test
    void teleportedTGatesAreCorrectedByS() {
        String text = "RX 0 1\nT 1\nCX 0 1\nM 1\nIF rec[-1] {\n %s 0\n}\nMX 0";
        double cos2 = (2 + Math.sqrt(2)) / 4;
        Distribution d = ENGINE.probabilities(Circuit.stim(text.formatted("S")));
        assertThat(d.get("00")).isCloseTo(cos2 / 2, within(1e-14));
        assertThat(d.get("10")).isCloseTo(cos2 / 2, within(1e-14));
        d = ENGINE.probabilities(Circuit.stim(text.formatted("S_DAG")));
        assertThat(d.get("10")).isCloseTo((1 - cos2) / 2, within(1e-14));
    }

    /** Eight of them after each other are T^8 = 1, so that the qubit is in |+> whatever came. */
    @Test
    void eightTeleportedTGatesAreNone() {
        String one = "RX 1\nT 1\nCX 0 1\nM 1\nIF rec[-1] {\n S 0\n}\n";
        Circuit circuit = Circuit.stim("RX 0\n" + one.repeat(8) + "MX 0");
        Distribution d = ENGINE.probabilities(circuit);
        assertThat(d.probabilities()).hasSize(256);
        assertThat(probability(d, "0")).isCloseTo(1, within(1e-12));
        var counts = ENGINE.run(circuit, RunOptions.shots(5_000).seed(1)).counts();
        assertThat(counts.counts().keySet()).hasSizeGreaterThan(200).allMatch(k -> k.endsWith("0"));
    }

    private static final String REPEAT_UNTIL_SUCCESS =
            """
            OPENQASM 3.0;
            include "stdgates.inc";
            qubit[5] q;
            bit[2] flag = "11";
            bit out;
            int[8] turns = 0;
            bit[8] count;
            h q[4];
            while (flag != 0) {
              reset q[0]; reset q[1];
              h q[0]; h q[1];
              ccx q[0], q[1], q[4];
              s q[4];
              ccx q[0], q[1], q[4];
              h q[0]; h q[1];
              flag[0] = measure q[0];
              flag[1] = measure q[1];
              turns = turns + 1;
              if (flag != 0) { z q[4]; x q[2]; }
              cx q[2], q[3];
              cx q[2], q[3];
            }
            if (turns == 1) { x q[3]; }
            count[0] = measure q[3];
            rz(-arccos(0.6)) q[4];
            h q[4];
            out = measure q[4];
            """;

    /**
     * With both flags 0, of probability 5/8, the target gets (3 S + X S X) / 4, a rotation about Z
     * by arccos(3/5), and Z otherwise, which is undone. (M. Nielsen and I. Chuang, "Quantum
     * Computation and Quantum Information", exercise 4.41.) So the number of turns has a geometric
     * law, and the rotation back leaves |+> in every shot.
     */
    @Test
    void repeatUntilSuccessGivesItsRotation() {
        Circuit circuit = Circuit.qasm(REPEAT_UNTIL_SUCCESS);
        int shots = 20_000;
        var counts = ENGINE.run(circuit, RunOptions.shots(shots).seed(2)).counts();
        long once = 0;
        for (var e : counts.counts().entrySet()) {
            // The last declared register is leftmost: count, out, flag.
            assertThat(e.getKey()).matches("0000000[01]000");
            once += e.getKey().startsWith("00000001") ? e.getValue() : 0;
        }
        // Five standard errors.
        assertThat((double) once)
                .isCloseTo(shots * 5.0 / 8, within(5 * Math.sqrt(shots * 15.0 / 64)));
    }

    /** The detector says whether S was put in where it should not be: half of the time. */
    @Test
    void detectorsOfBranchingCircuitsFollowTheirLaw() throws IOException {
        String text =
                "RX 0 1\nT 1\nCX 0 1\nM(0.2) 1\nIF rec[-1] {\n S 0\n}\nTICK\nT_DAG 0\nMX 0\nDETECTOR rec[-1]";
        ShotSampler sampler = ShotSampler.detectors(Circuit.stim(text));
        assertThat(sampler.remark()).isNull();
        long[] fired = {0};
        int shots = 40_000;
        sampler.sample(
                RunOptions.shots(shots).seed(5),
                batch -> {
                    for (int shot = 0; shot < batch.shots(); shot++) {
                        fired[0] += batch.get(shot, 0) ? 1 : 0;
                    }
                });
        // S or S_DAG of |+> is Y, random in X: a wrong result, of 0.2, shows half of the time.
        assertThat((double) fired[0]).isCloseTo(0.1 * shots, within(5 * Math.sqrt(shots * 0.09)));
    }

    private static String record(String text, int threads) throws IOException {
        StringBuilder words = new StringBuilder();
        ShotSampler.measurements(Circuit.stim(text))
                .sample(
                        RunOptions.shots(5_000).seed(11).threads(threads),
                        batch -> {
                            for (int shot = 0; shot < batch.shots(); shot++) {
                                words.append(batch.words()[shot * batch.stride()]).append(' ');
                            }
                        });
        return words.toString();
    }

    @Test
    void theSameSeedGivesTheSameShotsOnAnyNumberOfThreads() throws IOException {
        String part = "M 0\nIF rec[-1] {\n H 1\n} ELSE {\n CX 1 0\n}\nT 1\nH 0 1\n";
        String text = "RX 0 1\nT 0 1\n" + part.repeat(6) + "M 0 1";
        assertThat(record(text, 4)).isEqualTo(record(text, 1));
    }

    @Test
    @Timeout(120)
    void tooManyHistoriesAreRefused() {
        String part = "H 0\nM 0\nIF rec[-1] {\n H 1\n} ELSE {\n C_XYZ 1\n}\n";
        Circuit wide = Circuit.stim("RX 1\nT 1\n" + part.repeat(30) + "M 1");
        assertThatThrownBy(() -> ENGINE.run(wide, RunOptions.shots(100_000).seed(1)))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("if (rec[-1])")
                .hasMessageContaining("16384 different histories")
                .hasMessageContaining("state vector");
        Circuit endless =
                Circuit.qasm(
                        "OPENQASM 3.0; include \"stdgates.inc\"; qubit q; bit b; h q; t q; b = measure q; while (b == b) { x q; }");
        assertThat(ENGINE.refusal(endless)).contains("16384 different histories");
    }

    @Test
    void recordsOfNoFixedLengthAreRegistersOrRefused() throws IOException {
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> {
                            c.h(0).t(0).h(0);
                            c.when(c.measure(0), then -> then.x(1).measure(1));
                        });
        assertThat(ENGINE.probabilities(circuit).probabilities().values())
                .anyMatch(p -> Math.abs(p - (2 - Math.sqrt(2)) / 4) < 1e-14)
                .hasSize(2);
        assertThat(ShotSampler.measurements(circuit).layout().bits()).isEqualTo(2);
        assertThatThrownBy(() -> ShotSampler.detectors(circuit))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("measure differently often");
    }

    /**
     * The results of both branches, with the odds of a T gate between Hadamards: (2 + sqrt 2) / 4
     * for 0. The first coin chooses whether that qubit is measured along Z or along X, where it is
     * fair.
     */
    @Test
    void branchesMayRecordEquallyManyResults() throws IOException {
        String stim =
                "H 0 1\nT 1\nH 1\nM 0\nIF rec[-1] {\n M 1\n} ELSE {\n MX 1\n}\nDETECTOR rec[-2] rec[-1]\nM 0\nDETECTOR rec[-1] rec[-3]\n";
        Circuit circuit = Circuit.stim(stim);
        double zero = (2 + Math.sqrt(2)) / 4;
        Map<String, Double> law =
                Map.of("000", 0.25, "010", 0.25, "101", zero / 2, "111", (1 - zero) / 2);
        long shots = 40_000;
        Map<String, Long> counts = new HashMap<>();
        ShotSampler.measurements(circuit)
                .sample(
                        RunOptions.shots(shots).seed(3),
                        batch -> {
                            for (int s = 0; s < batch.shots(); s++) {
                                StringBuilder text = new StringBuilder();
                                for (int k = 0; k < batch.bits(); k++) {
                                    text.append(batch.get(s, k) ? '1' : '0');
                                }
                                counts.merge(text.toString(), 1L, Long::sum);
                            }
                        });
        assertThat(law.keySet()).containsAll(counts.keySet());
        law.forEach(
                (record, p) ->
                        assertThat(counts.getOrDefault(record, 0L) / (double) shots)
                                .as(record)
                                .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / shots))));
        long[] odd = new long[2];
        ShotSampler.detectors(circuit)
                .sample(
                        RunOptions.shots(shots).seed(4),
                        batch -> {
                            for (int s = 0; s < batch.shots(); s++) {
                                odd[0] += batch.get(s, 0) ? 1 : 0;
                                odd[1] += batch.get(s, 1) ? 1 : 0;
                            }
                        });
        // The first differs in 0.25 + zero / 2 of the shots from even, which is the rarer parity.
        assertThat(odd[0] / (double) shots).isCloseTo(0.75 - zero / 2, within(6 * 0.5 / 200));
        assertThat(odd[1]).isZero();
    }
}
