package org.jaket.annealing.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.topology.Chimera;
import org.jaket.annealing.topology.HardwareGraph;
import org.junit.jupiter.api.Test;

import java.util.List;

class EmbeddingTest {
    /** One unit cell: qubits 0 to 3 are vertical, 4 to 7 horizontal. */
    private static final HardwareGraph CELL = new Chimera(1, 1, 4).graph();

    private static final ProblemGraph TRIANGLE = ProblemGraph.complete(3);

    private static Embedding chains(int[]... chains) {
        return Embedding.of(List.of(chains));
    }

    private static int[] q(int... qubits) {
        return qubits;
    }

    @Test
    void aTriangleFitsIntoACellWithOneChainOfTwo() {
        Embedding embedding = chains(q(0), q(4), q(5, 1));
        assertThat(embedding.faults(TRIANGLE, CELL)).isEmpty();
        assertThat(embedding.requireValid(TRIANGLE, CELL)).isSameAs(embedding);
        assertThat(embedding.chain(2)).containsExactly(1, 5);
        assertThat(embedding.qubitsUsed()).isEqualTo(4);
        assertThat(embedding.longestChain()).isEqualTo(2);
        assertThat(embedding.meanChain()).isEqualTo(4 / 3.0);
        assertThat(embedding.qubits()).containsExactly(0, 1, 4, 5);
        assertThat(embedding).hasToString("3 variables on 4 qubits, longest chain 2");
    }

    @Test
    void everyFaultIsNamed() {
        assertThat(chains(q(0)).faults(TRIANGLE, CELL))
                .containsExactly(new EmbeddingFault.WrongSize(1, 3));
        assertThat(chains(q(0), q(4), q()).faults(TRIANGLE, CELL))
                .containsExactly(
                        new EmbeddingFault.EmptyChain(2),
                        new EmbeddingFault.Uncovered(0, 2),
                        new EmbeddingFault.Uncovered(1, 2));
        assertThat(chains(q(0), q(4), q(1, 5)).faults(TRIANGLE, CELL.without(5)))
                .containsExactly(
                        new EmbeddingFault.MissingQubit(2, 5), new EmbeddingFault.Uncovered(0, 2));
        assertThat(chains(q(0), q(4), q(1, 2, 5)).faults(TRIANGLE, CELL.withoutCoupler(2, 5)))
                .containsExactly(new EmbeddingFault.BrokenApart(2, List.of(1, 5), List.of(2)));
        assertThat(chains(q(0, 4), q(4), q(1, 5)).faults(TRIANGLE, CELL))
                .containsExactly(new EmbeddingFault.Overlap(4, 0, 1));
        assertThat(chains(q(0), q(4), q(1)).faults(TRIANGLE, CELL))
                .containsExactly(new EmbeddingFault.Uncovered(0, 2));
        assertThatThrownBy(() -> chains(q(0), q(4), q(1)).requireValid(TRIANGLE, CELL))
                .isInstanceOf(InvalidEmbeddingException.class)
                .hasMessage("no coupler joins the chains of variables 0 and 2, which interact");
    }

    @Test
    void qubitsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> chains(q(3, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the chain of variable 0 has qubit 3 twice");
        assertThatThrownBy(() -> chains(q(1), q(-1)))
                .hasMessage("the chain of variable 1 has qubit -1");
    }

    @Test
    void aProblemIsTheInteractionsOfItsModel() {
        BinaryQuadraticModel model =
                BinaryQuadraticModel.builder(Vartype.SPIN)
                        .addQuadratic(0, 2, 1)
                        .addQuadratic(1, 2, 0)
                        .build();
        ProblemGraph problem = ProblemGraph.of(model);
        assertThat(problem)
                .isEqualTo(ProblemGraph.of(3, List.of(q(2, 1), q(0, 2), q(2, 0))))
                .hasToString("3 variables, 2 interactions");
        assertThat(problem.digest())
                .isEqualTo(ProblemGraph.of(3, List.of(q(2, 1), q(0, 2))).digest())
                .isNotEqualTo(ProblemGraph.of(4, List.of(q(2, 1), q(0, 2))).digest())
                .isNotEqualTo(ProblemGraph.of(3, List.of(q(0, 1), q(0, 2))).digest());
        assertThat(ProblemGraph.complete(5).interactions()).isEqualTo(5 * 4 / 2);
        assertThat(ProblemGraph.bipartite(2, 3).interactions()).isEqualTo(2 * 3);
        assertThatThrownBy(() -> ProblemGraph.of(3, List.of(q(0, 3))))
                .hasMessageContaining("below 3, not [0, 3]");
    }
}
