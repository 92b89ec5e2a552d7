package org.jaket.annealing.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.jaket.execution.Progress;
import org.jaket.execution.VectorKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/** What holds for every sampler. */
class SamplersTest {
    static Stream<Sampler> searching() {
        return Stream.of(
                new SimulatedAnnealing(),
                new SimulatedAnnealing().update(SimulatedAnnealing.Update.GIBBS),
                new ParallelTempering(),
                new SimulatedBifurcation(SimulatedBifurcation.Kind.DISCRETE),
                new SimulatedBifurcation(SimulatedBifurcation.Kind.BALLISTIC),
                new TabuSearch(),
                new SynchronousAnnealing(),
                new PathIntegralAnnealing(),
                new Portfolio());
    }

    static Stream<Sampler> all() {
        return Stream.concat(
                searching(),
                Stream.of(
                        new SteepestDescent(),
                        new Exhaustive(),
                        new TreeDecomposition(),
                        TreeDecomposition.boltzmann(2)));
    }

    /** Against the least of all energies, for both kinds of variables. */
    @ParameterizedTest
    @MethodSource("searching")
    void theMinimumOfSmallModelsIsFound(Sampler sampler) {
        int missed = 0;
        for (long seed = 0; seed < 24; seed++) {
            Vartype vartype = seed % 2 == 0 ? Vartype.SPIN : Vartype.BINARY;
            BinaryQuadraticModel model = Models.random(1 + (int) seed % 12, 0.6, vartype, seed);
            SampleSet set = sampler.sample(model, SamplingOptions.reads(48).sweeps(100).seed(seed));
            assertThat(set.best().energy()).isGreaterThan(Models.minimum(model) - 1e-12);
            missed += set.best().energy() > Models.minimum(model) + 1e-12 ? 1 : 0;
        }
        // Positions flow to the same few states from wherever they begin.
        boolean ballistic = sampler instanceof SimulatedBifurcation b && !b.isDiscrete();
        assertThat(missed).isLessThanOrEqualTo(ballistic ? 2 : 0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void threadsDoNotChangeTheSamples(Sampler sampler) {
        BinaryQuadraticModel model = Models.glass(18, 50, 2);
        SamplingOptions options = SamplingOptions.reads(40).sweeps(10).seed(11);
        SampleSet one = sampler.sample(model, options.threads(1));
        assertThat(sampler.sample(model, options.threads(3)).samples()).isEqualTo(one.samples());
        assertThat(one.reads()).isEqualTo(40);
        for (Sample s : one) {
            assertThat(s.energy()).isEqualTo(model.energy(s.state()));
        }
    }

    @ParameterizedTest
    @MethodSource("searching")
    void aLimitOfTimeStillGivesAState(Sampler sampler) {
        BinaryQuadraticModel model = Models.glass(3000, 20_000, 4);
        for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(30))) {
            long start = System.nanoTime();
            SampleSet set =
                    sampler.sample(
                            model, SamplingOptions.reads(10_000).sweeps(1_000_000).limit(limit));
            assertThat(set.reads()).isPositive();
            // Milliseconds are measured elsewhere.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @MethodSource("searching")
    void workCanBeCancelled(Sampler sampler) {
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        var options = SamplingOptions.reads(64).sweeps(1000).progress(cancelled);
        BinaryQuadraticModel model = Models.glass(100, 300, 6);
        assertThatThrownBy(() -> sampler.sample(model, options))
                .isInstanceOf(CancellationException.class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aModelOfOneVariable(Sampler sampler) {
        BinaryQuadraticModel single =
                BinaryQuadraticModel.builder(Vartype.BINARY).addLinear(0, -2).addOffset(1).build();
        SampleSet set = sampler.sample(single, SamplingOptions.reads(3).seed(1));
        assertThat(set.best().energy()).isEqualTo(-1);
        assertThat(set.sampler()).isNotEmpty();
        BinaryQuadraticModel flat =
                BinaryQuadraticModel.builder(Vartype.SPIN).addLinear(3, 0).build();
        assertThat(sampler.sample(flat, SamplingOptions.reads(3)).best().energy()).isZero();
    }

    @Test
    void exhaustiveSearchGivesTheStatesInOrder() {
        for (long seed = 0; seed < 18; seed++) {
            Vartype vartype = seed % 3 == 0 ? Vartype.SPIN : Vartype.BINARY;
            BinaryQuadraticModel model = Models.random(1 + (int) seed, 0.7, vartype, 100 + seed);
            double[] energies = Models.energies(model);
            Arrays.sort(energies);
            int reads = Math.min(20, energies.length);
            SampleSet set = new Exhaustive().sample(model, SamplingOptions.reads(reads));
            assertThat(set.samples().stream().mapToDouble(Sample::energy).toArray())
                    .containsExactly(Arrays.copyOf(energies, reads), within(1e-12));
        }
        BinaryQuadraticModel large = Models.glass(41, 44, 1);
        assertThatThrownBy(() -> new Exhaustive().sample(large, SamplingOptions.reads(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit is 40");
    }

    /** Only who has seen all states, eliminated all variables or has a dual solution knows. */
    @Test
    void onlyExactSamplersSayThatTheyAre() {
        BinaryQuadraticModel model = Models.random(10, 0.4, Vartype.SPIN, 3);
        SamplingOptions options = SamplingOptions.reads(4).seed(1);
        assertThat(new Exhaustive().sample(model, options).exact()).isTrue();
        assertThat(new TreeDecomposition().sample(model, options).exact()).isTrue();
        assertThat(new Portfolio().sample(model, options).exact()).isTrue();
        assertThat(new Portfolio().sample(lattice(22), options).sampler())
                .isEqualTo("planar matching, exact");
        assertThat(TreeDecomposition.boltzmann(1).sample(model, options).exact()).isFalse();
        assertThat(new SimulatedAnnealing().sample(model, options).exact()).isFalse();
        BinaryQuadraticModel large = Models.random(30, 0.4, Vartype.SPIN, 3);
        assertThat(new Exhaustive().sample(large, options.limit(Duration.ZERO)).exact()).isFalse();
    }

    /** Too wide for tables: min-degree elimination joins more than 16 variables. */
    private static BinaryQuadraticModel lattice(int side) {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < side * side; i++) {
            builder.addQuadratic(i, i % side < side - 1 ? i + 1 : i - 1, 1);
            builder.addQuadratic(i, i < side * (side - 1) ? i + side : i - side, i % 3 - 1);
        }
        return builder.build();
    }

    /** No flip of a local minimum goes down. */
    @Test
    void steepestDescentEndsInLocalMinima() {
        BinaryQuadraticModel model = Models.random(60, 0.3, Vartype.BINARY, 8);
        for (Sample s : new SteepestDescent().sample(model, SamplingOptions.reads(50).seed(1))) {
            for (int i = 0; i < model.size(); i++) {
                byte[] flipped = s.state().clone();
                flipped[i] ^= 1;
                assertThat(model.energy(flipped)).isGreaterThan(s.energy() - 1e-5);
            }
        }
    }

    /** A torus of ferromagnetic couplings: its two ground states have -2 a spin. */
    @ParameterizedTest
    @MethodSource("searching")
    void aFerromagnetIsAllOneSign(Sampler sampler) {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        int side = 12;
        for (int i = 0; i < side * side; i++) {
            builder.addQuadratic(i, i / side * side + (i + 1) % side, -1);
            builder.addQuadratic(i, (i + side) % (side * side), -1);
        }
        SampleSet set =
                sampler.sample(builder.build(), SamplingOptions.reads(32).sweeps(200).seed(3));
        assertThat(set.best().energy()).isEqualTo(-2.0 * side * side);
    }

    @Test
    void bothKernelsOfBifurcationMoveAlike() {
        assumeTrue(VectorKernels.arePresent(), "no Vector API");
        for (boolean discrete : new boolean[] {false, true}) {
            var problem = new SpinProblem(Models.random(37, 0.4, Vartype.SPIN, 9));
            Oscillators plain = new PlainOscillators(problem, discrete);
            Oscillators vector = new VectorOscillators(problem, discrete);
            for (Oscillators o : List.of(plain, vector)) {
                o.start(1, 2);
                for (int k = 0; k < 200; k++) {
                    o.kick(-0.3f, 0.2f, 0, 20);
                    o.kick(-0.3f, 0.2f, 20, 37);
                    o.drift(0.7f);
                }
            }
            assertThat(vector.x).isEqualTo(plain.x);
            assertThat(vector.y).isEqualTo(plain.y);
        }
    }

    @Test
    void bothSearchesForMovesAgree() {
        assumeTrue(VectorKernels.arePresent(), "no Vector API");
        Random random = new Random(1);
        MoveChoice plain = new MoveChoice.Plain();
        MoveChoice vector = new VectorMoveChoice();
        for (int round = 0; round < 500; round++) {
            int n = 1 + random.nextInt(150);
            double[] change = new double[n];
            double[] until = new double[n];
            for (int i = 0; i < n; i++) {
                change[i] = random.nextInt(5) - 2;
                until[i] = random.nextInt(6);
            }
            int time = random.nextInt(6);
            int from = random.nextInt(n);
            assertThat(vector.least(change, n)).isEqualTo(plain.least(change, n));
            double[] least = new double[2];
            double[] same = new double[2];
            plain.least(change, until, n, time, least);
            vector.least(change, until, n, time, same);
            assertThat(same).isEqualTo(least);
            assertThat(vector.find(least[1], change, until, n, time, from))
                    .isEqualTo(plain.find(least[1], change, until, n, time, from));
            assertThat(vector.find(-2, change, MoveChoice.ALWAYS, n, time, from))
                    .isEqualTo(plain.find(-2, change, MoveChoice.ALWAYS, n, time, from));
        }
    }
}
