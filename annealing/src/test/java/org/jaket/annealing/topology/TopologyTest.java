package org.jaket.annealing.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class TopologyTest {
    private static final List<Topology> SMALL =
            List.of(
                    new Chimera(3, 2, 4),
                    new Chimera(2, 3, 3),
                    new Pegasus(2),
                    new Pegasus(3),
                    new Pegasus(3, false),
                    new Zephyr(1),
                    new Zephyr(2),
                    new Zephyr(2, 3));

    private static void has(Topology topology, int qubits, int couplers) {
        HardwareGraph graph = topology.graph();
        assertThat(graph.qubits()).as("%s: qubits", topology).isEqualTo(qubits);
        assertThat(graph.couplers()).as("%s: couplers", topology).isEqualTo(couplers);
    }

    /** The numbers are those that dwave_networkx counts; P16 and Z15 are the published sizes. */
    @Test
    void graphsHaveThePublishedNumbersOfQubitsAndCouplers() {
        has(new Pegasus(2), 40, 164);
        has(new Pegasus(3), 128, 704);
        has(new Pegasus(4), 264, 1604);
        has(new Pegasus(6), 680, 4484);
        has(new Pegasus(16), 5640, 40484);
        has(new Pegasus(16, false), 5760, 40656);
        has(new Zephyr(2), 160, 1224);
        has(new Zephyr(3), 336, 2808);
        has(new Zephyr(6), 1248, 11400);
        has(new Zephyr(15), 7440, 71736);
        // C16: 256 cells with 16 couplers each, and 2 x 16 x 15 x 4 between cells.
        has(new Chimera(16, 16, 4), 2048, 256 * 16 + 2 * 16 * 15 * 4);
    }

    /** Degrees inside the grids, from the papers: 6, 15 and 20. */
    @Test
    void qubitsInTheMiddleHaveTheDegreeOfTheirFamily() {
        HardwareGraph chimera = new Chimera(3, 3, 4).graph();
        HardwareGraph pegasus = new Pegasus(4).graph();
        HardwareGraph zephyr = new Zephyr(3).graph();
        assertThat(chimera.qubitNumbers().map(chimera::degree).max()).hasValue(6);
        assertThat(pegasus.qubitNumbers().map(pegasus::degree).max()).hasValue(15);
        assertThat(zephyr.qubitNumbers().map(zephyr::degree).max()).hasValue(20);
    }

    /** The formulas that the manufacturer publishes, at one place each, worked out by hand. */
    @Test
    void coordinatesAreNumberedAsTheManufacturerDoes() {
        assertThat(new Chimera(3, 5, 4).index(new Chimera.Coordinates(1, 2, 1, 3)))
                .isEqualTo(((5 * 1 + 2) * 2 + 1) * 4 + 3);
        assertThat(new Pegasus(4).index(new Pegasus.Coordinates(1, 2, 7, 1)))
                .isEqualTo(((4 + 2) * 12 + 7) * 3 + 1);
        assertThat(new Zephyr(3).index(new Zephyr.Coordinates(1, 5, 2, 1, 2)))
                .isEqualTo((((7 + 5) * 4 + 2) * 2 + 1) * 3 + 2);
    }

    @Test
    void everyQubitIsFoundByItsCoordinates() {
        for (Topology topology : SMALL) {
            for (int q = 0; q < topology.indices(); q++) {
                if (!topology.has(q)) {
                    continue;
                }
                int again =
                        switch (topology) {
                            case Chimera c -> c.index(c.coordinates(q));
                            case Pegasus p -> p.index(p.coordinates(q));
                            case Zephyr z -> z.index(z.coordinates(q));
                        };
                assertThat(again).as("%s", topology).isEqualTo(q);
            }
        }
    }

    /** The picture of wires says all: crossings, continuation, and nothing else but neighbours. */
    @Test
    void qubitsOfDifferentDirectionsAreCoupledWhereTheyCross() {
        for (Topology topology : SMALL) {
            HardwareGraph graph = topology.graph();
            for (int a : graph.qubitNumbers().toArray()) {
                Segment x = topology.segment(a);
                for (int b : graph.qubitNumbers().toArray()) {
                    Segment y = topology.segment(b);
                    if (x.vertical() != y.vertical()) {
                        boolean cross =
                                x.first() <= y.line()
                                        && y.line() <= x.last()
                                        && y.first() <= x.line()
                                        && x.line() <= y.last();
                        assertThat(graph.coupled(a, b)).as("%s %s", x, y).isEqualTo(cross);
                    } else if (x.line() == y.line()
                            && x.track() == y.track()
                            && x.order() + 1 == y.order()) {
                        assertThat(graph.coupled(a, b)).as("%s %s", x, y).isTrue();
                        assertThat(y.first()).isEqualTo(x.last() + 1);
                    } else if (graph.coupled(a, b)) {
                        assertThat(x.line()).as("%s %s", x, y).isEqualTo(y.line());
                    }
                }
                int lines = x.vertical() ? topology.columns() : topology.rows();
                assertThat(x.line()).isBetween(0, lines - 1);
                assertThat(x.track()).isBetween(0, topology.tracks() - 1);
            }
        }
    }

    @Test
    void shiftedQubitsAreCoupledAsBefore() {
        for (Topology topology : SMALL) {
            HardwareGraph graph = topology.graph();
            int[] moved = {0};
            for (int dx = -1; dx <= 1; dx++) {
                for (int dy = -1; dy <= 1; dy++) {
                    int right = dx;
                    int down = dy;
                    graph.forEachCoupler(
                            (a, b) -> {
                                int x = topology.shifted(a, right, down);
                                int y = topology.shifted(b, right, down);
                                if (x >= 0 && y >= 0) {
                                    assertThat(graph.coupled(x, y)).isTrue();
                                    assertThat(topology.shifted(x, -right, -down)).isEqualTo(a);
                                    moved[0]++;
                                }
                            });
                }
            }
            assertThat(moved[0]).isGreaterThanOrEqualTo(graph.couplers());
        }
    }

    @Test
    void sizesAndNumbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Pegasus(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 2 and 1000, not 1");
        assertThatThrownBy(() -> new Chimera(1000, 1000, 1000)).hasMessageContaining("too large");
        assertThatThrownBy(() -> new Zephyr(3).segment(336))
                .hasMessage("Zephyr Z3 has no qubit 336");
        assertThatThrownBy(() -> new Pegasus(3).index(new Pegasus.Coordinates(0, 3, 0, 0)))
                .hasMessageContaining("coordinate w is between 0 and 2, not 3");
        // Line 0, track 0 lies at the edge: only the graph with edges has it.
        assertThatThrownBy(() -> new Pegasus(3).index(new Pegasus.Coordinates(0, 0, 0, 0)))
                .hasMessage("Pegasus P3 has no qubit 0");
        assertThat(new Pegasus(3, false).index(new Pegasus.Coordinates(0, 0, 0, 0))).isZero();
        assertThat(IntStream.of(-1, 336).filter(new Zephyr(3)::has)).isEmpty();
    }
}
