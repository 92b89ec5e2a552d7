package org.jaket.annealing.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.topology.Chimera;
import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Pegasus;
import org.jaket.annealing.topology.RealProcessor;
import org.jaket.annealing.topology.Zephyr;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class NativeEmbedderTest {
    private static void largest(HardwareGraph hardware, int size, int longest) {
        NativeEmbedder embedder = new NativeEmbedder(hardware);
        assertThat(embedder.largestClique()).as("%s", hardware).isEqualTo(size);
        Embedding clique = embedder.clique(size);
        assertThat(clique.faults(ProblemGraph.complete(size), hardware)).isEmpty();
        assertThat(clique.longestChain()).as("%s", hardware).isEqualTo(longest);
    }

    /**
     * The published sizes: 4m variables on chains of m + 1 in Chimera (arXiv 1507.04774), 12 (m -
     * 1) of m + 1 in Pegasus (arXiv 2003.00133), 16m - 8 of m + 1 in Zephyr.
     */
    @Test
    void theLargestCliquesAreThoseOfThePapers() {
        largest(new Chimera(4, 4, 4).graph(), 16, 5);
        largest(new Chimera(16, 16, 4).graph(), 64, 17);
        largest(new Pegasus(6).graph(), 60, 7);
        largest(new Pegasus(16).graph(), 180, 17);
        largest(new Zephyr(6).graph(), 88, 7);
        largest(new Zephyr(15).graph(), 232, 16);
    }

    /**
     * 4594 of its 4800 qubits work; without faults it would take 16 * 12 - 8 = 184 variables. The
     * busclique of minorminer 0.2.22 finds 108 (105 with other seeds), and bicliques of up to 74
     * and 74.
     */
    @Test
    void aRealProcessorCarriesLargeCliques() throws IOException {
        HardwareGraph hardware = RealProcessor.load();
        NativeEmbedder embedder = new NativeEmbedder(hardware);
        int size = embedder.largestClique();
        assertThat(size).isBetween(108, 184);
        assertThat(embedder.clique(size).faults(ProblemGraph.complete(size), hardware)).isEmpty();
        assertThat(embedder.biclique(74, 74).faults(ProblemGraph.bipartite(74, 74), hardware))
                .isEmpty();
    }

    /**
     * One wire has a fault at its second qubit, on lines 2 and 3, and the one beside it at its
     * third, on lines 5 and 6: neither works from line 1 to line 7, but over the couplers between
     * them they do together.
     */
    @Test
    void wiresJogAroundMissingQubits() {
        Zephyr zephyr = new Zephyr(4, 1);
        HardwareGraph hardware =
                zephyr.graph()
                        .without(
                                zephyr.index(new Zephyr.Coordinates(0, 3, 0, 0, 1)),
                                zephyr.index(new Zephyr.Coordinates(0, 3, 0, 1, 2)));
        WireGrid straight = new WireGrid(hardware, zephyr, 1, false, new Draws(0, 0));
        assertThat(straight.count(0, 3, 1, 7)).isZero();
        WireGrid jogging = new WireGrid(hardware, zephyr, 1, true, new Draws(0, 0));
        assertThat(jogging.count(0, 3, 1, 7)).isEqualTo(1);
        int[] wire = jogging.qubits(0, 3, 0, 1, 7);
        // Lines 1-2, 3-4, then 4-5 and 6-7 of the other one.
        assertThat(wire).hasSize(4);
        for (int k = 1; k < wire.length; k++) {
            assertThat(hardware.coupled(wire[k - 1], wire[k])).isTrue();
        }
    }

    /** K44 is one cell of Chimera, K88 of two lines of Zephyr: no chains are needed. */
    @Test
    void bicliquesOfACellNeedNoChains() {
        assertThat(new NativeEmbedder(new Chimera(3, 3, 4).graph()).biclique(4, 4).longestChain())
                .isEqualTo(1);
        assertThat(new NativeEmbedder(new Zephyr(3).graph()).biclique(8, 8).longestChain())
                .isEqualTo(1);
        assertThat(new NativeEmbedder(new Pegasus(3).graph()).biclique(6, 6).longestChain())
                .isEqualTo(1);
    }

    /** In C16 all columns cross all rows: 64 vertical and 64 horizontal wires of 16 qubits. */
    @Test
    void theLargestBicliqueTakesEveryWire() {
        HardwareGraph hardware = new Chimera(16, 16, 4).graph();
        Embedding all = new NativeEmbedder(hardware).biclique(64, 64);
        assertThat(all.faults(ProblemGraph.bipartite(64, 64), hardware)).isEmpty();
        assertThat(all.qubitsUsed()).isEqualTo(2048);
        // One column fewer: 60 of 16 and 64 of 15.
        assertThat(new NativeEmbedder(hardware).biclique(60, 64).longestChain()).isEqualTo(16);
        assertThatThrownBy(() -> new NativeEmbedder(hardware).biclique(65, 1))
                .isInstanceOf(NoEmbeddingException.class)
                .hasMessageContaining("no native biclique of 65 and 1 variables");
    }

    @Property(tries = 40)
    void missingQubitsAndCouplersAreGoneAround(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int family) {
        HardwareGraph whole =
                switch (family) {
                    case 0 -> new Chimera(6, 6, 4).graph();
                    case 1 -> new Pegasus(5).graph();
                    default -> new Zephyr(4).graph();
                };
        Random random = new Random(seed);
        List<int[]> couplers = new ArrayList<>();
        int[] qubits = whole.qubitNumbers().filter(q -> random.nextInt(30) > 0).toArray();
        HardwareGraph left = HardwareGraph.of(qubits, List.of());
        whole.forEachCoupler(
                (a, b) -> {
                    if (left.has(a) && left.has(b) && random.nextInt(50) > 0) {
                        couplers.add(new int[] {a, b});
                    }
                });
        HardwareGraph hardware = HardwareGraph.of(whole.topology().orElseThrow(), qubits, couplers);
        NativeEmbedder embedder = new NativeEmbedder(hardware);
        int size = embedder.largestClique();
        // A third of what there is without faults, see above: 24, 48 and 56.
        assertThat(size).isGreaterThanOrEqualTo(family == 0 ? 8 : family == 1 ? 16 : 18);
        assertThat(embedder.clique(size).faults(ProblemGraph.complete(size), hardware)).isEmpty();
        assertThat(embedder.biclique(9, 13).faults(ProblemGraph.bipartite(9, 13), hardware))
                .isEmpty();
        assertThatThrownBy(() -> embedder.clique(size + 1))
                .isInstanceOf(NoEmbeddingException.class)
                .hasMessageContaining("the largest has " + size);
    }

    @Test
    void smallerCliquesHaveShorterChains() {
        NativeEmbedder embedder = new NativeEmbedder(new Pegasus(16).graph());
        // Four qubits of a Pegasus cell interact by themselves.
        assertThat(embedder.clique(4).longestChain()).isEqualTo(1);
        assertThat(embedder.clique(1).qubitsUsed()).isEqualTo(1);
        // Two lines a chain of m + 1 covers: 12 (m - 1) variables need m + 1, as in P6 within P16.
        assertThat(embedder.clique(60).longestChain()).isLessThanOrEqualTo(7);
    }

    @Test
    void unknownTopologiesAreRefused() {
        HardwareGraph pair = HardwareGraph.of(new int[] {0, 1}, List.of(new int[] {0, 1}));
        assertThatThrownBy(() -> new NativeEmbedder(pair))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no known topology");
        assertThatThrownBy(() -> new NativeEmbedder(new Zephyr(1).graph()).clique(0))
                .hasMessageContaining("at least 1, not 0");
    }
}
