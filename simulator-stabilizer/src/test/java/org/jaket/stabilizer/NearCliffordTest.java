package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.results.ShotBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Near-Clifford circuits whose numbers are known in closed form. */
class NearCliffordTest {
    private static final NearCliffordSimulator ENGINE = new NearCliffordSimulator();

    private static Distribution exact(String text) {
        return ENGINE.probabilities(Circuit.stim(text));
    }

    private static int active(String text) {
        return ENGINE.forecast(Circuit.stim(text)).activeQubits();
    }

    /** cos^2(pi/8) = (2 + sqrt 2) / 4. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "T 0",
                "S[T] 0",
                "R_Z(0.25) 0",
                "R_PAULI(0.25) Z0",
                "R_PAULI(-0.25) !Z0",
                "TPP Z0",
                "T_DAG 0",
                "S_DAG[T] 0",
                "U3(0, 0, 0.25) 0"
            })
    void anEighthTurnShowsInTheXBasis(String gate) {
        Distribution d = exact("RX 0\n" + gate + "\nMX 0");
        assertThat(d.get("0")).isCloseTo((2 + Math.sqrt(2)) / 4, within(1e-15));
        assertThat(d.lost()).isZero();
    }

    @Test
    void teleportedTIsT() {
        String text =
                """
                RX 0 1
                T 1
                CX 0 1
                M 1
                CX rec[-1] 0
                T_DAG 0
                MX 0
                """;
        Distribution d = exact(text);
        assertThat(d.get("00")).isCloseTo(0.5, within(1e-15));
        assertThat(d.get("10")).isCloseTo(0.5, within(1e-15));
        assertThat(active(text)).isEqualTo(1);
    }

    /** P(0) = (1 + Re exp(i pi/4)) / 2, and with S_DAG (1 + Im exp(i pi/4)) / 2. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHadamardTestOfTGivesItsEigenvalue(boolean imaginary) {
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> {
                            c.h(0).x(1).cp(Math.PI / 4, 0, 1);
                            if (imaginary) {
                                c.sdg(0);
                            }
                            c.h(0);
                            c.measure(0);
                        });
        assertThat(ENGINE.probabilities(circuit).get("0"))
                .isCloseTo((1 + Math.sqrt(0.5)) / 2, within(1e-15));
        assertThat(ENGINE.forecast(circuit).activeQubits()).isEqualTo(1);
    }

    /**
     * Fifteen T gates to one: an eighth turn about Z_out Z^v for each nonzero v of four check
     * qubits, each followed by an error Z_out Z^v with probability p, is an inverse T on the output
     * when all checks are +1. (S. Bravyi and A. Kitaev, 2005, in the form of D. Litinski, "Magic
     * state distillation: not as costly as you think", 2019.)
     */
    private static String distillation(double p) {
        StringBuilder text = new StringBuilder("RX 0 1 2 3 4\n");
        for (int v = 1; v < 16; v++) {
            StringBuilder product = new StringBuilder("Z4");
            StringBuilder error = new StringBuilder("Z4");
            for (int k = 0; k < 4; k++) {
                if ((v >> k & 1) != 0) {
                    product.append("*Z").append(k);
                    error.append(" Z").append(k);
                }
            }
            text.append("TPP ").append(product).append('\n');
            text.append("E(").append(p).append(") ").append(error).append('\n');
        }
        return text.append("T 4\nMX 0 1 2 3 4\n").toString();
    }

    /**
     * Bravyi and Kitaev's formulas: acceptance (1 + 15 (1-2p)^8) / 16 = 1 - 15 p + ..., error of
     * what is accepted [1 - 15 (1-2p)^7 + 15 (1-2p)^8 - (1-2p)^15] / (2 (1 + 15 (1-2p)^8)) = 35 p^3
     * + ...
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.1})
    void fifteenToOneDistillationHasItsErrorRate(double p) {
        Distribution d = exact(distillation(p));
        double good = d.get("00000");
        double bad = d.get("00001");
        double q = 1 - 2 * p;
        double q8 = Math.pow(q, 8);
        double accepted = (1 + 15 * q8) / 16;
        double error = (1 - 15 * Math.pow(q, 7) + 15 * q8 - Math.pow(q, 15)) / (2 + 30 * q8);
        assertThat(good + bad).isCloseTo(accepted, within(1e-12));
        assertThat(bad / (good + bad)).isCloseTo(error, within(1e-12));
        if (p == 0.001) {
            // To first order beyond the leading one: 35 p^3 (1 + O(p)), 1 - 15 p + O(105 p^2).
            assertThat(bad / (good + bad) / (p * p * p)).isCloseTo(35, within(0.5));
            assertThat(good + bad).isCloseTo(1 - 15 * p, within(1.1e-4));
        }
        assertThat(active(distillation(p))).isEqualTo(5);
    }

    /** The same with shots: the accepted fraction within five standard errors of the formula. */
    @Test
    void sampledDistillationAcceptsAsOften() {
        int shots = 100_000;
        double p = 0.02;
        var counts =
                ENGINE.run(Circuit.stim(distillation(p)), RunOptions.shots(shots).seed(5)).counts();
        double accepted = (1 + 15 * Math.pow(1 - 2 * p, 8)) / 16;
        double sigma = Math.sqrt(shots * accepted * (1 - accepted));
        assertThat((double) counts.get("00000") + counts.get("00001"))
                .isCloseTo(shots * accepted, within(5 * sigma));
    }

    private static final String ENCODE =
            "CX 2 0 2 1\nH 3 4 5\nCX 3 0 3 1 3 6 4 0 4 2 4 6 5 1 5 2 5 6\n";
    private static final String DECODE =
            "CX 5 6 5 2 5 1 4 6 4 2 4 0 3 6 3 1 3 0\nH 3 4 5\nCX 2 1 2 0\n";

    /**
     * A magic state in the seven-qubit code, of which T X T^dagger on every qubit is checked twice
     * with an ancilla (the first stage of C. Gidney, N. Shutty and C. Jones, "Magic state
     * cultivation", 2024), and then all stabilizers; at the end it is decoded and compared.
     */
    private static String cultivation(double injected, double data) {
        StringBuilder text = new StringBuilder("R 0 1 3 4 5 6\nRX 2\nS_DAG[T] 2\n");
        text.append("Z_ERROR(").append(injected).append(") 2\n").append(ENCODE);
        text.append("DEPOLARIZE1(").append(data).append(") 0 1 2 3 4 5 6\n");
        for (int check = 0; check < 2; check++) {
            text.append("RX 7\nS_DAG[T] 0 1 2 3 4 5 6\nCX 7 0 7 1 7 2 7 3 7 4 7 5 7 6\n");
            text.append("S[T] 0 1 2 3 4 5 6\nMX 7\nDETECTOR rec[-1]\n");
        }
        for (String basis : List.of("X", "Z")) {
            for (String face : List.of("3 4 5 6", "1 2 5 6", "0 2 4 6")) {
                text.append("MPP ").append(basis);
                text.append(face.replace(" ", "*" + basis)).append("\nDETECTOR rec[-1]\n");
            }
        }
        text.append(DECODE).append("T 2\nMX 2\nOBSERVABLE_INCLUDE(0) rec[-1]\n");
        return text.toString();
    }

    @Test
    void cultivationWithoutNoiseIsAcceptedAndPerfect() {
        Distribution d = exact(cultivation(0, 0));
        assertThat(d.probabilities()).hasSize(1);
        assertThat(d.probabilities().keySet().iterator().next()).endsWith("0000000");
        // Three X stabilizers and the logical qubit; the ancilla's is the fifth.
        assertThat(active(cultivation(0, 0))).isLessThanOrEqualTo(5);
    }

    /** A Z before encoding is a logical one, which takes the state to the other eigenvalue. */
    @Test
    void theCheckFindsEveryWrongInjection() {
        String clean = exact(cultivation(0, 0)).probabilities().keySet().iterator().next();
        Distribution d = exact(cultivation(0.125, 0));
        assertThat(d.get(clean)).isCloseTo(0.875, within(1e-12));
        double accepted = 0;
        for (var e : d.probabilities().entrySet()) {
            if (e.getKey().startsWith(clean.substring(0, 8))) {
                accepted += e.getValue();
            }
        }
        assertThat(accepted).isCloseTo(0.875, within(1e-12));
    }

    /**
     * The code has distance three: no fewer than three errors make an accepted state wrong. At p =
     * 1e-3 there are 7 * 27 products of weight three at (p/3)^3 each on the seven lines at most.
     */
    @Test
    void acceptedStatesAreWrongOnlyAfterThreeErrors() {
        double p = 1e-3;
        String clean = exact(cultivation(0, 0)).probabilities().keySet().iterator().next();
        Distribution d = exact(cultivation(0, p));
        double right = d.get(clean);
        double wrong = d.get(clean.substring(0, 8) + (clean.charAt(8) == '0' ? '1' : '0'));
        assertThat(right).isCloseTo(Math.pow(1 - p, 7), within(1e-8));
        assertThat(wrong / right).isLessThan(7 * 27 * Math.pow(p / 3, 3) * 1.1);
    }

    @Test
    void detectorsAreSilentWithoutNoiseAndFireWithIt() throws IOException {
        long[] quiet = fired(cultivation(0, 0), 2_000, 1);
        assertThat(quiet).containsOnly(0);
        long[] fired = fired(cultivation(0.25, 0), 40_000, 1);
        // The first check fires for each wrong injection: five standard errors of a quarter.
        assertThat((double) fired[0]).isCloseTo(10_000, within(5 * Math.sqrt(7_500)));
    }

    private static long[] fired(String text, int shots, int threads) throws IOException {
        ShotSampler sampler = ShotSampler.detectors(Circuit.stim(text));
        assertThat(sampler.remark()).isNull();
        long[] fired = new long[sampler.layout().bits()];
        sampler.sample(
                RunOptions.shots(shots).seed(3).threads(threads),
                batch -> {
                    for (int shot = 0; shot < batch.shots(); shot++) {
                        for (int k = 0; k < fired.length; k++) {
                            fired[k] += batch.get(shot, k) ? 1 : 0;
                        }
                    }
                });
        return fired;
    }

    /**
     * The likelier parity of (|0> + exp(i pi/4) |1>) in the X basis is 0: events at sin^2(pi/8).
     */
    @Test
    void randomParitiesAreComparedWithTheLikelierOne() throws IOException {
        for (String flip : List.of("", "Z 0\n")) {
            ShotSampler sampler =
                    ShotSampler.detectors(
                            Circuit.stim("RX 0\nT 0\n" + flip + "MX 0\nDETECTOR rec[-1]"));
            assertThat(sampler.remark()).contains("1 of the 1 detectors");
            long[] events = {0};
            int shots = 40_000;
            sampler.sample(
                    RunOptions.shots(shots).seed(8),
                    batch -> {
                        for (int shot = 0; shot < batch.shots(); shot++) {
                            events[0] += batch.get(shot, 0) ? 1 : 0;
                        }
                    });
            double p = (2 - Math.sqrt(2)) / 4;
            assertThat((double) events[0])
                    .isCloseTo(shots * p, within(5 * Math.sqrt(shots * p * (1 - p))));
        }
    }

    /** Of a chain at most one error happens; errors that start chains do not ask each other. */
    @Test
    void correlatedErrorsHaveTheirLaw() {
        String text = "RX 0 1\nT 0 1\nE(0.3) Z0\n%s(0.5) Z1\nT_DAG 0 1\nMX 0 1";
        Distribution chain = exact(text.formatted("ELSE_CORRELATED_ERROR"));
        assertThat(chain.get("10")).isCloseTo(0.3, within(1e-14));
        assertThat(chain.get("01")).isCloseTo(0.35, within(1e-14));
        assertThat(chain.get("11")).isCloseTo(0, within(1e-14));
        Distribution alone = exact(text.formatted("E"));
        assertThat(alone.get("10")).isCloseTo(0.15, within(1e-14));
        assertThat(alone.get("01")).isCloseTo(0.35, within(1e-14));
        assertThat(alone.get("11")).isCloseTo(0.15, within(1e-14));
    }

    /** Nothing is drawn for resets of what is in a product state, so that all is done once. */
    @Test
    void resetsOfUnentangledQubitsAreShared() {
        assertThat(ENGINE.forecast(Circuit.stim("RX 0 1 2\nRY 2\nT 0\nMX 0")).once())
                .isGreaterThan(20);
        // The control of a Bell pair leaves the other qubit in |0> or |1>.
        Distribution pair = exact("H 0\nCX 0 1\nRX 0\nT 0\nMX 1\nM 1\nMX 0");
        assertThat(pair.probabilities()).hasSize(8);
        Distribution reset = exact("RX 0\nCX 0 1\nR 0\nM 1\nRX 0\nT 0\nT_DAG 0\nMX 0");
        assertThat(reset.get("00")).isCloseTo(0.5, within(1e-14));
        assertThat(reset.get("10")).isCloseTo(0.5, within(1e-14));
    }

    private static List<Long> bits(String text, int threads) throws IOException {
        List<Long> words = new ArrayList<>();
        ShotSampler.measurements(Circuit.stim(text))
                .sample(
                        RunOptions.shots(5_000).seed(11).threads(threads),
                        (ShotBatch batch) -> {
                            for (int shot = 0; shot < batch.shots(); shot++) {
                                words.add(batch.words()[shot * batch.stride()]);
                            }
                        });
        return words;
    }

    @Test
    void theSameSeedGivesTheSameShotsOnAnyNumberOfThreads() throws IOException {
        String text = cultivation(0.1, 0.05);
        assertThat(bits(text, 4)).hasSize(5_000).isEqualTo(bits(text, 1));
    }

    @Test
    @Timeout(20)
    void hostileCircuitsAreRefusedAtOnce() {
        assertThat(ENGINE.refusal(Circuit.stim("REPEAT 1000000000000000000 {\nH 0\nT 0\nM 0\n}")))
                .contains("loops are unrolled", "1000000000000000000", "at most 16777216");
        String nested = "REPEAT 1000000000 {\n".repeat(2) + "T 0\nM 0\n" + "}\n".repeat(2);
        assertThat(ENGINE.refusal(Circuit.stim(nested))).contains("2.00e+18 steps");
        StringBuilder wide = new StringBuilder("RX");
        for (int q = 0; q < 40; q++) {
            wide.append(' ').append(q);
        }
        String text = wide + wide.toString().replace("RX", "\nT");
        assertThat(ENGINE.refusal(Circuit.stim(text)))
                .contains("T 0 1 2", "virtual qubits active", "-Xmx", "16.0 TiB");
    }

    @Test
    void whatTheEngineCannotFollowIsRefused() {
        assertThatThrownBy(
                        () ->
                                ShotSampler.detectors(
                                        Circuit.stim("H 0\nT 0\nOBSERVABLE_INCLUDE(0) X0")))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("MPP");
        assertThatThrownBy(() -> ShotSampler.measurements(Circuit.stim("T 0\nCX rec[-1] 0")))
                .hasMessageContaining("before the first");
    }

    @Test
    void runsCanBeCancelled() {
        Progress stop =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        Circuit circuit = Circuit.stim("RX 0\nT 0\nMX 0");
        assertThatThrownBy(() -> ENGINE.run(circuit, RunOptions.shots(1 << 20).progress(stop)))
                .isInstanceOf(CancellationException.class);
    }
}
