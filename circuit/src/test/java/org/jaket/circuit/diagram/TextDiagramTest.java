package org.jaket.circuit.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.gate.StandardGate;
import org.junit.jupiter.api.Test;

class TextDiagramTest {
    @Test
    void bellPairIsDrawn() {
        assertThat(Circuit.of(2, c -> c.h(0).cx(0, 1).measureAll()).diagram())
                .isEqualTo(
                        """
                q[0]: ─H─●─M→c[0]─
                         │
                q[1]: ───⊕─M→c[1]─
                """);
    }

    @Test
    void linesCrossQubitsInBetween() {
        assertThat(Circuit.of(3, c -> c.cx(0, 2).swap(0, 1).h(2)).diagram())
                .isEqualTo(
                        """
                q[0]: ─●─×─
                       │ │
                q[1]: ─┼─×─
                       │
                q[2]: ─⊕─H─
                """);
    }

    @Test
    void anglesConditionsAndRepeatsHaveTheirText() {
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> {
                            c.rx(Math.PI / 2, 0).ry(0.123456, 1);
                            Bit m = c.measure(0);
                            c.when(m, t -> t.x(1)).repeat(3, b -> b.t(0));
                            c.gate(StandardGate.X.controlled(1, 0), 0, 1);
                        });
        assertThat(circuit.diagram())
                .isEqualTo(
                        """
                                      if c     repeat 3
                q[0]: ──RX(π/2)───M→c──║─────║────║─────T─║─○─
                                       ║     ║    ║       ║ │
                q[1]: ─RY(0.1235)──────║───⊕─║────║───────║─⊕─
                """);
    }

    @Test
    void wideDrawingsFold() {
        Circuit circuit =
                Circuit.of(
                        1,
                        c -> {
                            for (int k = 0; k < 30; k++) {
                                c.h(0).t(0);
                            }
                        });
        String folded = TextDiagram.of(circuit).folded(40);
        assertThat(folded.lines().filter(l -> l.startsWith("q:"))).hasSizeGreaterThan(2);
        assertThat(folded.lines()).allMatch(l -> l.length() <= 40);
    }

    @Test
    void hugeCircuitsAreCutWithANote() {
        Circuit circuit =
                Circuit.of(
                        1,
                        c -> {
                            for (int k = 0; k < TextDiagram.MAX_CELLS; k++) {
                                c.h(0).t(0);
                            }
                        });
        assertThat(circuit.diagram()).endsWith("left out: the drawing would be too large)\n");
    }
}
