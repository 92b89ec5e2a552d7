package org.jaket.annealing.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.topology.Chimera;
import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Pegasus;
import org.jaket.annealing.topology.Zephyr;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

class MinorEmbedderTest {
    private static final HardwareGraph P16 = new Pegasus(16).graph();

    private static EmbeddingOptions seed(long seed) {
        return EmbeddingOptions.defaults().seed(seed);
    }

    private static Embedding embed(ProblemGraph problem, HardwareGraph hardware, long seed) {
        return new MinorEmbedder()
                .embed(problem, hardware, seed(seed))
                .requireValid(problem, hardware);
    }

    /** What minorminer 0.2 finds: 25 qubits, longest chain 3. */
    @Test
    void twelveVariablesThatAllInteractTakeNoMoreThanMinorminerNeeds() {
        Embedding found = embed(ProblemGraph.complete(12), new Pegasus(6).graph(), 1);
        assertThat(found.qubitsUsed()).isLessThanOrEqualTo(25);
        assertThat(found.longestChain()).isLessThanOrEqualTo(3);
    }

    /** What minorminer 0.2 finds: 60 qubits, longest chain 4. */
    @Test
    void twentyVariablesThatAllInteractTakeNoMoreThanMinorminerNeeds() {
        Embedding found = embed(ProblemGraph.complete(20), P16, 1);
        assertThat(found.qubitsUsed()).isLessThanOrEqualTo(60);
        assertThat(found.longestChain()).isLessThanOrEqualTo(4);
    }

    /** What minorminer 0.2 finds for such a graph: 142 qubits, longest chain 3. */
    @Test
    void aHundredVariablesOfThreeNeighboursTakeNoMoreThanMinorminerNeeds() {
        Embedding found = embed(RandomProblems.cubic(100, 5), P16, 1);
        assertThat(found.qubitsUsed()).isLessThanOrEqualTo(142);
        assertThat(found.longestChain()).isLessThanOrEqualTo(3);
    }

    /** Needs some rounds until no chains overlap any more. */
    @Test
    void severalHundredVariablesFindTheirPlaces() {
        ProblemGraph problem = RandomProblems.cubic(240, 5);
        Embedding found = new MinorEmbedder().embed(problem, P16, seed(1).effort(0.05));
        assertThat(found.faults(problem, P16)).isEmpty();
        // More effort makes it better: the same start, and then more steps.
        Embedding better = new MinorEmbedder().embed(problem, P16, seed(1).effort(0.2));
        assertThat(better.qubitsUsed()).isLessThan(found.qubitsUsed());
    }

    /** Without a topology there is no native clique to start from. */
    @Test
    void cliquesAreFoundWithoutKnowingTheTopology() {
        int[] qubits = P16.qubitNumbers().toArray();
        List<int[]> couplers = new ArrayList<>();
        P16.forEachCoupler((a, b) -> couplers.add(new int[] {a, b}));
        HardwareGraph plain = HardwareGraph.of(qubits, couplers);
        Embedding found = embed(ProblemGraph.complete(14), plain, 1);
        // Three qubits for each, as many as the native clique of this size has.
        assertThat(found.qubitsUsed()).isLessThanOrEqualTo(3 * 14);
    }

    @Property(tries = 60)
    void whatIsFoundIsValidAlsoWithMissingQubits(
            @ForAll @IntRange(min = 0, max = 12) int size,
            @ForAll @DoubleRange(min = 0, max = 1) double density,
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 2) int family) {
        HardwareGraph whole =
                switch (family) {
                    case 0 -> new Chimera(6, 6, 4).graph();
                    case 1 -> new Pegasus(4).graph();
                    default -> new Zephyr(2).graph();
                };
        Random random = new Random(seed);
        HardwareGraph hardware =
                whole.without(whole.qubitNumbers().filter(q -> random.nextInt(20) == 0).toArray());
        ProblemGraph problem = RandomProblems.random(size, density, seed);
        Embedding found = embed(problem, hardware, seed);
        assertThat(found.faults(problem, hardware)).isEmpty();
        assertThat(found.size()).isEqualTo(size);
    }

    @Test
    void theSeedDecides() {
        ProblemGraph problem = RandomProblems.cubic(30, 2);
        Embedding first = embed(problem, P16, 7);
        assertThat(embed(problem, P16, 7)).isEqualTo(first);
        assertThat(embed(problem, P16, 8)).isNotEqualTo(first);
    }

    @Test
    void variablesWithoutInteractionsTakeOneQubitEach() {
        Embedding found = embed(ProblemGraph.of(8, List.of()), new Chimera(1, 1, 4).graph(), 3);
        assertThat(found.qubits()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    /** K4 is no minor of a ring. */
    @Test
    void whatCannotBeEmbeddedIsSaidInWords() {
        HardwareGraph ring =
                HardwareGraph.of(
                        IntStream.range(0, 20).toArray(),
                        IntStream.range(0, 20).mapToObj(q -> new int[] {q, (q + 1) % 20}).toList());
        assertThat(embed(ProblemGraph.complete(3), ring, 1).qubitsUsed())
                .as("a triangle is")
                .isLessThanOrEqualTo(20);
        assertThatThrownBy(() -> embed(ProblemGraph.complete(4), ring, 1))
                .isInstanceOf(NoEmbeddingException.class)
                .hasMessageContaining("4 variables, 6 interactions into 20 qubits, 20 couplers")
                .hasMessageContaining("10 tries and at most 60 s");
        assertThatThrownBy(() -> embed(ProblemGraph.of(21, List.of()), ring, 1))
                .hasMessage("21 variables need as many qubits, but the processor has 20");
    }

    @Test
    void timeAndListenersEndTheSearch() {
        ProblemGraph problem = RandomProblems.random(60, 0.2, 1);
        assertThatThrownBy(
                        () -> new MinorEmbedder().embed(problem, P16, seed(1).limit(Duration.ZERO)))
                .isInstanceOf(NoEmbeddingException.class)
                .hasMessageContaining("at most 0 s");
        Progress never =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        assertThatThrownBy(() -> new MinorEmbedder().embed(problem, P16, seed(1).progress(never)))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> seed(1).tries(0))
                .hasMessage("the number of tries is at least 1, not 0");
        assertThatThrownBy(() -> seed(1).effort(Double.NaN)).hasMessageContaining("NaN");
    }
}
