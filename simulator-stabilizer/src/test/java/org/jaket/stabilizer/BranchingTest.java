package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.RecordBit;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.ShotSampler.Method;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Circuits whose course depends on results: shots that share histories against the exact law. Every
 * probability is checked at six standard errors with a fixed seed.
 */
class BranchingTest {
    private static final long SHOTS = 40_000;

    private static String text(ShotBatch batch, int shot) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < batch.bits(); k++) {
            text.append(batch.get(shot, k) ? '1' : '0');
        }
        return text.toString();
    }

    private static Map<String, Long> counts(ShotSampler sampler, long shots, long seed)
            throws IOException {
        Map<String, Long> counts = new HashMap<>();
        sampler.sample(
                RunOptions.shots(shots).seed(seed).threads(2),
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        counts.merge(text(batch, s), 1L, Long::sum);
                    }
                });
        return counts;
    }

    private static void assertLaw(
            Map<String, Long> counts, Map<String, Double> law, long shots, String what) {
        law.forEach(
                (outcome, exact) -> {
                    double p = Math.min(1, exact);
                    assertThat(counts.getOrDefault(outcome, 0L) / (double) shots)
                            .describedAs("%s of %s", outcome, what)
                            .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / shots) + 5.0 / shots));
                });
        assertThat(law.keySet()).containsAll(counts.keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H 0\nM 0\nIF rec[-1] {\n H 1\n CX 1 2\n} ELSE {\n X 1\n}\nM 1 2",
                "H 0 1\nM(0.2) 0\nIF rec[-1] {\n H 1\n}\nM 1 0\nIF rec[-1] rec[-3] {\n SQRT_X 2\n SQRT_X 2\n}\nM 2",
                "X 0\nM 0 !0\nIF rec[-2] rec[-1] {\n H 1\n}\nH 1\nM 1\nCX rec[-1] 2\nM 2",
                "H 0 1\nM 0\nIF rec[-1] {\n R 1\n X_ERROR(0.3) 1\n E(0.2) X2\n}\nELSE_CORRELATED_ERROR(0.5) X2\nM 1 2",
                "H 0\nREPEAT 3 {\n M 0\n IF rec[-1] {\n  REPEAT 3 {\n   SWAP 0 1\n  }\n  H 0\n } ELSE {\n  CY rec[-1] 0\n  SQRT_Y 1\n }\n}\nM 0 1",
                "H 0\nH 2\nM 0 2\nIF rec[-1] {\n IF rec[-2] {\n  H 1\n } ELSE {\n  X 1\n }\n}\nHERALDED_ERASE(0.4) 1\nIF rec[-1] {\n H 1\n}\nM 1\nMPP X0*X1 Z1",
                "H 0 1\nM 0\nIF rec[-1] {\n M 1\n CX rec[-1] 2\n} ELSE {\n MX 1\n CX rec[-2] 2 rec[-1] 0\n}\nM 0 2 1",
                "H 0\nREPEAT 2 {\n M(0.1) 0\n IF rec[-1] {\n  MPAD 1\n  MXX 0 1\n } ELSE {\n  HERALDED_ERASE(0.3) 0\n  MR 0\n  H 0\n }\n}\nM 0 1",
                "H 0 1\nM 0\nIF rec[-1] {\n H 0\n M 0\n IF rec[-1] {\n  REPEAT 2 {\n   H 1\n   M 1\n  }\n } ELSE {\n  MPP X1*Z0 Z1\n }\n} ELSE {\n M !1 0 2\n}\nIF rec[-1] rec[-3] {\n X 2\n}\nM 2",
                "RX 0\nMXX 0 1\nM 1\nIF rec[-1] {\n SPP X0*Z1\n S_DAG 0\n}\nDEPOLARIZE2(0.3) 0 1\nMRY 0 1\nM 0 1",
            })
    void recordsFollowTheExactLaw(String stim) throws IOException {
        Circuit circuit = Circuit.stim(stim);
        Map<String, Double> law = ExactRecords.of(circuit);
        assertLaw(counts(ShotSampler.measurements(circuit), SHOTS, 3), law, SHOTS, stim);
    }

    private static String random(Random random, int qubits) {
        List<StandardGate> gates = new ArrayList<>();
        for (StandardGate gate : StandardGate.values()) {
            if (gate.isClifford() && !gate.stimNames().isEmpty()) {
                gates.add(gate);
            }
        }
        StringBuilder text = new StringBuilder();
        int results = 0;
        int depth = 0;
        for (int k = 0; k < 26; k++) {
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            int what = random.nextInt(10);
            if (what < 5) {
                StandardGate gate = gates.get(random.nextInt(gates.size()));
                text.append(gate.stimNames().getFirst()).append(' ').append(a);
                text.append(gate.qubits() == 2 ? " " + b : "").append('\n');
            } else if (what < 7
                    && depth == 0
                    && results < 6
                    && results > 0
                    && random.nextBoolean()) {
                // Both blocks record one result.
                text.append("IF rec[-").append(1 + random.nextInt(results)).append("] {\n M ");
                text.append(a).append("\n CX rec[-1] ").append(b);
                text.append("\n} ELSE {\n H ")
                        .append(b)
                        .append("\n MRX ")
                        .append(a)
                        .append("\n}\n");
                results++;
            } else if (what < 7 && depth == 0 && results < 6) {
                text.append(List.of("M", "MX", "MRY", "M(0.2)").get(random.nextInt(4)));
                text.append(' ').append(a).append('\n');
                results++;
            } else if (what == 7) {
                text.append("DEPOLARIZE1(0.2) ").append(a).append('\n');
            } else if (what == 8 && results > 0 && depth < 2) {
                text.append("IF");
                for (int t = random.nextInt(2); t >= 0; t--) {
                    text.append(" rec[-").append(1 + random.nextInt(results)).append(']');
                }
                text.append(" {\n");
                depth++;
            } else if (depth > 0) {
                depth--;
                text.append("}\n");
            }
        }
        return text.append("}\n".repeat(depth)).append("M 0 1\n").toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void randomCircuitsFollowTheExactLaw(long seed) throws IOException {
        String stim = random(new Random(seed), 3);
        Circuit circuit = Circuit.stim(stim);
        assertLaw(
                counts(ShotSampler.measurements(circuit), SHOTS, 4),
                ExactRecords.of(circuit),
                SHOTS,
                stim);
    }

    /** Sweep bits choose Paulis in branches too: all of them one, and the Paulis put in. */
    @Test
    void sweepBitsReachIntoBranches() throws IOException {
        String stim =
                "CX sweep[0] 0\nH 1\nM 0 1\nIF rec[-1] {\n H 2\n CZ sweep[1] 2\n H 2\n}\nM 2\nCX sweep[1] 2\nM 2";
        String put = stim.replaceAll("C([XZ]) sweep\\[.\\]", "$1");
        Map<String, Long> counts = new HashMap<>();
        ShotSampler.measurements(Circuit.stim(stim))
                .sample(
                        RunOptions.shots(SHOTS).seed(2).threads(2),
                        batch -> {
                            for (int s = 0; s < batch.shots(); s++) {
                                batch.set(s, 0, true);
                                batch.set(s, 1, true);
                            }
                        },
                        batch -> {
                            for (int s = 0; s < batch.shots(); s++) {
                                counts.merge(text(batch, s), 1L, Long::sum);
                            }
                        });
        assertLaw(counts, ExactRecords.of(Circuit.stim(put)), SHOTS, stim);
    }

    /**
     * A teleportation whose corrections are Clifford gates: the state that arrives is turned back,
     * so that the last detector never fires without noise and, with noise, by the exact law.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05})
    void detectorsFollowTheExactLaw(double p) throws IOException {
        String stim =
                """
                SQRT_Y 0
                S 0
                H 1
                CX 1 2 0 1
                H 0
                DEPOLARIZE1(%s) 2
                M 0 1
                X 4
                IF rec[-1] {
                    H 2
                    Z 2
                    H 2
                }
                IF rec[-2] {
                    S 2
                    S 2
                }
                S_DAG 2
                SQRT_Y_DAG 2
                X 2
                M 2
                DETECTOR rec[-1]
                OBSERVABLE_INCLUDE(0) rec[-1]
                M(%s) 4
                DETECTOR rec[-1]
                """
                        .formatted(p, p);
        Circuit circuit = Circuit.stim(stim);
        ShotSampler sampler = ShotSampler.detectors(circuit);
        Map<String, Double> law = new HashMap<>();
        // Both detectors are odd without noise.
        ExactRecords.ofDetectors(circuit)
                .forEach(
                        (outcome, weight) ->
                                law.merge(
                                        outcome.replaceAll(" .*", "")
                                                        .replace('0', 'x')
                                                        .replace('1', '0')
                                                        .replace('x', '1')
                                                + (outcome.endsWith(" 1") ? "0" : "1"),
                                        weight,
                                        Double::sum));
        assertThat(law.getOrDefault("000", 0.0)).isCloseTo((1 - 2 * p / 3) * (1 - p), within(1e-9));
        assertLaw(counts(sampler, SHOTS, 8), law, SHOTS, stim);
    }

    /** A converter of the sampled records gives the sampled detectors. */
    @Test
    void recordsConvertToTheSameDetectors() throws IOException {
        Circuit circuit =
                Circuit.stim(
                        "H 0\nM 0\nIF rec[-1] {\n X 1\n}\nX 2\nM(0.2) 1 2\nDETECTOR rec[-1]\nDETECTOR rec[-2] rec[-3]");
        List<String> converted = new ArrayList<>();
        DetectionConverter converter = DetectionConverter.of(circuit);
        ShotSampler.measurements(circuit)
                .sample(
                        RunOptions.shots(2_000).seed(3),
                        batch -> {
                            ShotBatch events = converter.convert(batch, null);
                            for (int s = 0; s < batch.shots(); s++) {
                                converted.add(text(events, s));
                            }
                        });
        List<String> sampled = new ArrayList<>();
        ShotSampler.detectors(circuit, Method.FRAMES)
                .sample(
                        RunOptions.shots(2_000).seed(3),
                        batch -> {
                            for (int s = 0; s < batch.shots(); s++) {
                                sampled.add(text(batch, s));
                            }
                        });
        assertThat(sampled).isEqualTo(converted).contains("00", "01", "10", "11");
    }

    @Test
    void shotsDoNotDependOnThreads() throws IOException {
        Circuit circuit = Circuit.stim(random(new Random(3), 3));
        assertThat(circuit.toStim()).contains("IF");
        ShotSampler sampler = ShotSampler.measurements(circuit);
        List<byte[]> all = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ShotWriter writer = ShotWriter.to(out, ResultFormat.B8, sampler.layout())) {
                sampler.sample(RunOptions.shots(3_000).seed(6).threads(threads), writer::write);
            }
            all.add(out.toByteArray());
        }
        assertThat(all.get(1)).isEqualTo(all.get(0));
        assertThat(all.get(2)).isEqualTo(all.get(0));
    }

    /**
     * A coin is thrown until it shows one: n throws with probability 2^-n. Measurements in while
     * loops, so the bits are the registers', and shots part at every turn.
     */
    @Test
    void repeatUntilSuccessTakesGeometricallyManyTurns() {
        Circuit circuit =
                Circuit.qasm(
                        """
                        OPENQASM 3;
                        include "stdgates.inc";
                        qubit[2] q;
                        bit done;
                        bit[4] turns;
                        while (!done) {
                            h q[0];
                            done = measure q[0];
                            reset q[0];
                            turns = turns + 1;
                        }
                        """);
        Shots shots =
                new StabilizerSimulator()
                        .run(circuit, RunOptions.shots(100_000).seed(5).threads(2));
        Map<String, Integer> counts = new HashMap<>();
        shots.counts()
                .counts()
                .forEach(
                        (k, v) ->
                                counts.merge(k.replace(" ", ""), Math.toIntExact(v), Integer::sum));
        for (int n = 1; n <= 10; n++) {
            // Turns wrap at 16: 2^-n (1 + 2^-16 + ...).
            double p = Math.pow(2, -n) / (1 - Math.pow(2, -16));
            int seen =
                    counts.getOrDefault(
                            String.format("%4s", Integer.toBinaryString(n)).replace(' ', '0') + "1",
                            0);
            assertThat(seen / 1e5).isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / 1e5) + 5e-5));
        }
    }

    /** Histories of the same length with a reference each: gates that undo each other. */
    @Test
    void manyHistoriesOfManyQubits() throws IOException {
        int n = 70;
        StringBuilder text = new StringBuilder();
        for (int q = 0; q < n; q++) {
            text.append("H ").append(q).append("\nM ").append(q).append('\n');
            text.append("IF rec[-1] {\n H ").append(q).append("\n CX ").append(q).append(' ');
            text.append(n + q).append("\n} ELSE {\n SQRT_X ").append(n + q).append("\n}\n");
        }
        // A one leaves a Bell pair that is even in Z, a zero leaves 0 and an eigenstate of Y.
        for (int q = 0; q < n; q++) {
            text.append("IF rec[-").append(n).append("] {\n CX ").append(q).append(' ');
            text.append(n + q).append("\n} ELSE {\n SQRT_X_DAG ").append(n + q).append("\n}\n");
            text.append("M ").append(n + q).append('\n');
        }
        ShotSampler sampler = ShotSampler.measurements(Circuit.stim(text.toString()));
        int[] ones = new int[1];
        sampler.sample(
                RunOptions.shots(700).seed(1),
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        ones[0] += batch.ones(s);
                        for (int q = n; q < 2 * n; q++) {
                            assertThat(batch.get(s, q)).isFalse();
                        }
                    }
                });
        // 49,000 coins, at six standard deviations.
        assertThat(ones[0]).isCloseTo(24_500, within(664));
    }

    /** So many results that shots are run one by one. */
    @Test
    void longRecordsAreSampledOneByOne() throws IOException {
        Circuit circuit =
                Circuit.stim("X 0\nM 0\nIF rec[-1] {\n X 1\n}\nREPEAT 4200000 {\n MR 1\n}");
        long[] ones = new long[1];
        ShotSampler.measurements(circuit)
                .sample(
                        RunOptions.shots(2).seed(1),
                        batch -> {
                            for (int s = 0; s < batch.shots(); s++) {
                                ones[0] += batch.ones(s);
                            }
                        });
        assertThat(ones[0]).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "M 0\\nIF rec[-2] {\\n X 0\\n}\\nM 0 | rec[-2] refers to a measurement before the first one",
                "IF rec[-1] {\\n X 0\\n}\\nM 0 | rec[-1] refers to a measurement before the first one",
            })
    void lookBacksPastTheFirstResultAreErrors(String stim, String message) {
        Circuit circuit = Circuit.stim(stim.replace("\\n", "\n"));
        for (long shots : new long[] {1, 100}) {
            assertThatThrownBy(() -> counts(ShotSampler.measurements(circuit), shots, 1))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageContaining(message.substring(0, 7));
        }
    }

    @Test
    void whatIsNotDefinedIsRefused() {
        Circuit inBranch =
                Circuit.of(
                        1,
                        c -> {
                            Bit bit = c.measure(0);
                            c.when(bit, t -> t.measure(0));
                        });
        assertThatThrownBy(() -> ShotSampler.detectors(inBranch))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("branches or while loops measure");
        Circuit pauliTerm = Circuit.stim("M 0\nIF rec[-1] {\n H 0\n}\nOBSERVABLE_INCLUDE(0) X0");
        assertThatThrownBy(() -> ShotSampler.detectors(pauliTerm))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("Pauli terms");
        Circuit plain = Circuit.stim("M 0\nIF rec[-1] {\n H 0\n}\nDETECTOR rec[-1]");
        assertThatThrownBy(() -> ShotSampler.detectors(plain, Method.MECHANISMS))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("depends on results");
    }

    /** The branch that measures X of the plus state records what the other one pads: always 0. */
    @Test
    void detectorsLookAtResultsOfBranches() throws IOException {
        String stim =
                """
                H 0
                RX 1
                M 0
                Z_ERROR(0.25) 1
                IF rec[-1] {
                    MX 1
                } ELSE {
                    MPAD 0
                }
                DETECTOR rec[-1]
                M 0
                DETECTOR rec[-1] rec[-3]
                """;
        Circuit circuit = Circuit.stim(stim);
        Map<String, Double> law = Map.of("00", 0.875, "10", 0.125);
        assertLaw(counts(ShotSampler.detectors(circuit), SHOTS, 5), law, SHOTS, stim);
        ShotBatch records = new ShotBatch(3, 2);
        records.setShots(0, 2);
        records.set(0, 0, true);
        records.set(0, 1, true);
        records.set(0, 2, true);
        ShotBatch events = DetectionConverter.of(circuit).convert(records, null);
        assertThat(text(events, 0)).isEqualTo("10");
        assertThat(text(events, 1)).isEqualTo("00");
    }

    @Test
    void branchesThatRecordUnevenlyHaveNoRecord() {
        Block then = Circuit.stim("M 1").body();
        Circuit circuit =
                Circuit.of(
                        new BlockBuilder()
                                .append(Circuit.stim("H 0\nM 0").body())
                                .append(new Conditional(new RecordBit(1), then, Block.empty(), ""))
                                .build());
        assertThatThrownBy(() -> ShotSampler.measurements(circuit))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("How many results a shot records depends on results");
    }
}
