package org.jaket.annealing.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.execution.VectorKernels;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The kernels: what they draw, and that both of them draw the same. */
class ReplicasTest {
    private static final int LANES = SpinProblem.LANES;

    @Test
    void theExponentialIsGoodToOnePartInAHundredThousand() {
        for (float x = 0; x > Replicas.NEVER; x -= 0.00137f) {
            assertThat(Replicas.exp(x) / Math.exp(x)).isCloseTo(1, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothKernelsDrawTheSameBits(boolean metropolis) {
        Assumptions.assumeTrue(VectorKernels.arePresent(), "no Vector API");
        for (long seed = 0; seed < 6; seed++) {
            // The last ones are large and dense enough to be worked on in blocks.
            int n = seed < 4 ? 50 : 300;
            var problem =
                    new SpinProblem(Models.random(n, n == 50 ? 0.2 : 0.6, Vartype.BINARY, seed));
            assertThat(problem.blocks() != null).isEqualTo(n == 300);
            Replicas plain = new PlainReplicas(problem);
            Replicas vector = new VectorReplicas(problem);
            for (Replicas r : new Replicas[] {plain, vector}) {
                r.start(seed, 3);
                float[] betas = new float[LANES];
                for (int sweep = 0; sweep < 60; sweep++) {
                    for (int lane = 0; lane < LANES; lane++) {
                        betas[lane] = 0.02f * sweep * (1 + lane);
                    }
                    if (metropolis) {
                        r.metropolis(betas, 0, 20);
                        r.metropolis(betas, 20, n);
                    } else {
                        r.gibbs(betas, 0, n);
                    }
                }
            }
            assertThat(vector.spins).isEqualTo(plain.spins);
            assertThat(vector.fields).isEqualTo(plain.fields);
            assertThat(vector.descend(0, n)).isEqualTo(plain.descend(0, n));
            assertThat(vector.spins).isEqualTo(plain.spins);
            assertThat(vector.fields).isEqualTo(plain.fields);
        }
    }

    @Test
    void fieldsFollowTheSpins() {
        var problem = new SpinProblem(Models.glass(40, 120, 1));
        Replicas replicas = Replicas.of(problem);
        replicas.start(1, 0);
        float[] betas = new float[LANES];
        Arrays.fill(betas, 0.4f);
        for (int sweep = 0; sweep < 100; sweep++) {
            replicas.metropolis(betas, 0, 40);
        }
        float[] followed = replicas.fields.clone();
        replicas.refresh();
        // Whole numbers: exact.
        assertThat(replicas.fields).isEqualTo(followed);
    }

    /**
     * Chi-square against exp(-beta E) / Z over all 16 states of four spins, per rule and kernel:
     * 20,000 samples of each of 16 lanes, ten sweeps apart. With 15 degrees of freedom 44.26 is
     * exceeded once in ten thousand.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConstantTemperatureGivesTheBoltzmannDistribution(boolean metropolis) {
        BinaryQuadraticModel model = Models.random(4, 1, Vartype.SPIN, 5);
        double beta = 0.35;
        double[] weights = Models.energies(model);
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.exp(-beta * weights[k]);
        }
        double z = Arrays.stream(weights).sum();
        Replicas replicas = Replicas.of(new SpinProblem(model));
        replicas.start(7, 0);
        float[] betas = new float[LANES];
        Arrays.fill(betas, (float) beta);
        long[] counts = new long[16];
        int samples = 20_000;
        for (int k = 0; k < samples; k++) {
            for (int sweep = 0; sweep < 10; sweep++) {
                if (metropolis) {
                    replicas.metropolis(betas, 0, 4);
                } else {
                    replicas.gibbs(betas, 0, 4);
                }
            }
            for (int lane = 0; lane < LANES; lane++) {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    code |= replicas.spins[i * LANES + lane] > 0 ? 1 << i : 0;
                }
                counts[code]++;
            }
        }
        double chi = 0;
        for (int code = 0; code < 16; code++) {
            double expected = weights[code] / z * samples * LANES;
            chi += (counts[code] - expected) * (counts[code] - expected) / expected;
        }
        assertThat(chi).isLessThan(44.26);
    }

    /** Bit by bit what the model says, with offsets, biases and both kinds of values. */
    @Test
    void energiesOfManyStatesAreThoseOfTheModel() {
        for (Vartype vartype : Vartype.values()) {
            BinaryQuadraticModel model = Models.random(40, 0.4, vartype, 17);
            List<byte[]> states = new ArrayList<>();
            Random random = new Random(5);
            for (int k = 0; k < 41; k++) {
                byte[] state = new byte[40];
                for (int i = 0; i < 40; i++) {
                    state[i] = random.nextBoolean() ? vartype.high() : vartype.low();
                }
                states.add(state);
            }
            double[] expected = states.stream().mapToDouble(model::energy).toArray();
            assertThat(Energies.of(model, states)).containsExactly(expected);
            double[] values = new double[40 * Energies.LANES];
            for (int k = 0; k < values.length; k++) {
                values[k] = states.get(k % Energies.LANES)[k / Energies.LANES];
            }
            double[] plain = new double[Energies.LANES];
            Arrays.fill(plain, model.offset());
            Energies.add(model, values, plain);
            assertThat(plain).containsExactly(Arrays.copyOf(expected, Energies.LANES));
        }
    }

    /** Whole numbers, those that ten or sixteen make whole, and what is too large or too fine. */
    @Test
    void narrowFieldsDrawTheSameBits() {
        Assumptions.assumeTrue(VectorKernels.arePresent(), "no Vector API");
        Random random = new Random(11);
        for (double unit : new double[] {1, 0.1, 0.3125, 0.01, 20_000, Math.PI}) {
            for (Vartype vartype : Vartype.values()) {
                var builder = BinaryQuadraticModel.builder(vartype);
                for (int i = 0; i < 70; i++) {
                    builder.addLinear(i, unit * (random.nextInt(9) - 4));
                    for (int j = 0; j < i; j++) {
                        if (random.nextInt(8) == 0) {
                            builder.addQuadratic(i, j, unit * (random.nextInt(21) - 10));
                        }
                    }
                }
                var problem = new SpinProblem(builder.build());
                assertThat(problem.isShort()).isEqualTo(unit < 3);
                if (!problem.isShort()) {
                    continue;
                }
                Replicas plain = new PlainReplicas(problem);
                Replicas narrow = new ShortReplicas(problem);
                float[] changes = new float[70 * LANES];
                for (Replicas r : new Replicas[] {plain, narrow}) {
                    r.start(7, 2);
                    float[] betas = new float[LANES];
                    for (int sweep = 0; sweep < 40; sweep++) {
                        Arrays.fill(betas, (float) (0.01 * sweep * problem.unit / unit));
                        r.metropolis(betas, 0, 30);
                        r.gibbs(betas, 30, 70);
                    }
                    r.flip(3, 5);
                    Arrays.fill(changes, 9 * LANES, 10 * LANES, 0);
                    changes[9 * LANES] = -2 * r.spins[9 * LANES];
                    r.add(9, changes);
                }
                double[] expected = new double[LANES];
                double[] energies = new double[LANES];
                plain.energies(expected);
                narrow.energies(energies);
                assertThat(narrow.spins).isEqualTo(plain.spins);
                assertThat(energies).isEqualTo(expected);
                assertThat(narrow.descend(0, 70)).isEqualTo(plain.descend(0, 70));
                assertThat(narrow.spins).isEqualTo(plain.spins);
            }
        }
    }
}
