package org.jaket.annealing.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class MasterProgramTest {
    @Test
    void twoCutsOfOneMultiplierMeetAtTheTop() {
        CutProgram program = new CutProgram(new boolean[] {false}, 10);
        program.add(new Cut(0, new double[] {1}));
        program.add(new Cut(2, new double[] {-1}));

        // The top of min(p, 2 - p).
        assertThat(program.solve()).isCloseTo(1, within(1e-6));
        assertThat(program.multipliers()[0]).isCloseTo(1, within(1e-6));
        assertThat(program.isAtLimit()).isFalse();
    }

    @Test
    void aRisingCutGoesToTheEndOfTheBox() {
        CutProgram program = new CutProgram(new boolean[] {false}, 10);
        program.add(new Cut(0, new double[] {1}));

        assertThat(program.solve()).isCloseTo(10, within(1e-6));
        assertThat(program.isAtLimit()).isTrue();
        program.widen();
        assertThat(program.solve()).isCloseTo(40, within(1e-6));
    }

    @Test
    void onlyMultipliersOfEquationsAreNegative() {
        CutProgram inequality = new CutProgram(new boolean[] {false}, 10);
        CutProgram equation = new CutProgram(new boolean[] {true}, 10);
        for (CutProgram program : List.of(inequality, equation)) {
            // The top of min(-p, p + 4) is 2 at p = -2.
            program.add(new Cut(0, new double[] {-1}));
            program.add(new Cut(4, new double[] {1}));
        }

        assertThat(inequality.solve()).isCloseTo(0, within(1e-6));
        assertThat(equation.solve()).isCloseTo(2, within(1e-6));
        assertThat(equation.multipliers()[0]).isCloseTo(-2, within(1e-6));
    }

    @Test
    void cutsAddedAfterASolutionAreRespected() {
        CutProgram program = new CutProgram(new boolean[] {false, true}, 10);
        program.add(new Cut(0, new double[] {1, 1}));
        program.solve();
        program.add(new Cut(4, new double[] {-1, 0}));
        program.solve();
        program.add(new Cut(2, new double[] {0, -1}));

        // v <= p + q, v <= 4 - p, v <= 2 - q: all equal at p = 2, q = 0.
        assertThat(program.solve()).isCloseTo(2, within(1e-6));
        assertThat(program.multipliers()).containsExactly(new double[] {2, 0}, within(1e-6));
    }

    @Test
    void theProximalTermHoldsMultipliersNearTheCentre() {
        var cuts = List.of(new Cut(0, new double[] {1}), new Cut(2, new double[] {-1}));

        // The top of min(p, 2 - p) - p^2 / (2 step): p = step until the cuts meet at 1.
        assertThat(solved(cuts, 0.5)).isCloseTo(0.5, within(1e-6));
        assertThat(solved(cuts, 10)).isCloseTo(1, within(1e-6));
    }

    private static double solved(List<Cut> cuts, double step) {
        ProximalProgram program =
                new ProximalProgram(cuts, new double[1], new boolean[] {false}, step);
        program.solve();
        return program.multipliers()[0];
    }
}
