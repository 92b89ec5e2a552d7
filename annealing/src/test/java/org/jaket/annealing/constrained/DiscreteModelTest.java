package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.annealing.BinaryQuadraticModel;
import org.junit.jupiter.api.Test;

import java.util.Random;

class DiscreteModelTest {
    /** Energies by hand: 1 + 0.5 for the case, + 2 where the cases meet. */
    @Test
    void energiesAreSumsOverTheChosenCases() {
        var b = DiscreteModel.builder();
        int u = b.addVariable("u", 3);
        int v = b.addVariable("v", 2);
        DiscreteModel model =
                b.addOffset(1).addLinear(u, 2, 0.5).addQuadratic(u, 2, v, 0, 2).build();
        assertThat(model.energy(2, 0)).isEqualTo(3.5);
        assertThat(model.energy(2, 1)).isEqualTo(1.5);
        assertThat(model.energy(0, 0)).isEqualTo(1);
        assertThat(model.cases(u)).isEqualTo(3);
        assertThat(model.linear(u, 2)).isEqualTo(0.5);
        assertThat(model.quadratic(v, 0, u, 2)).isEqualTo(2);
        assertThat(model.offset()).isEqualTo(1);
        assertThat(model.variables()).containsExactly("u", "v");
        assertThat(model).hasToString("2 variables with 5 cases, 1 interactions");
    }

    /** Minima of the bits are minima over all cases, for every model. */
    @Property(tries = 150)
    void minimaAreThoseOfTheCases(@ForAll long seed) {
        Random random = new Random(seed);
        var b = DiscreteModel.builder();
        int[] counts = new int[random.nextInt(1, 4)];
        for (int v = 0; v < counts.length; v++) {
            counts[v] = random.nextInt(1, 5);
            b.addVariable("v" + v, counts[v]);
        }
        for (int v = 0; v < counts.length; v++) {
            for (int c = 0; c < counts[v]; c++) {
                b.addLinear(v, c, random.nextInt(-5, 6));
                for (int w = 0; w < v; w++) {
                    b.addQuadratic(v, c, w, random.nextInt(counts[w]), random.nextInt(-5, 6));
                }
            }
        }
        DiscreteModel model = b.build();
        double least = Double.POSITIVE_INFINITY;
        int[] cases = new int[counts.length];
        do {
            least = Math.min(least, model.energy(cases));
        } while (next(cases, counts));
        PenaltyForm form = PenaltyForm.of(model.toConstrainedModel());
        BinaryQuadraticModel bits = form.model();
        byte[] state = new byte[bits.size()];
        double leastOfBits = Double.POSITIVE_INFINITY;
        byte[] best = state;
        for (int code = 0; code < 1 << state.length; code++) {
            for (int k = 0; k < state.length; k++) {
                state[k] = (byte) (code >> k & 1);
            }
            if (bits.energy(state) < leastOfBits) {
                leastOfBits = bits.energy(state);
                best = state.clone();
            }
        }
        assertThat(leastOfBits).isCloseTo(least, within(1e-9));
        assertThat(model.energy(model.cases(form.decode(best)))).isCloseTo(least, within(1e-9));
        assertThat(form.auxiliary()).isZero();
    }

    private static boolean next(int[] cases, int[] counts) {
        for (int k = 0; k < cases.length; k++) {
            if (++cases[k] < counts[k]) {
                return true;
            }
            cases[k] = 0;
        }
        return false;
    }

    @Test
    void badInputIsRefused() {
        var b = DiscreteModel.builder();
        b.addVariable("u", 3);
        assertThatThrownBy(() -> b.addVariable("w", 0)).hasMessageContaining("at least 1 case");
        assertThatThrownBy(() -> b.addVariable("u", 2)).hasMessage("there is a variable u already");
        int v = b.addVariable("v", 2);
        assertThat(v).isEqualTo(1);
        assertThatThrownBy(() -> b.addLinear(0, 3, 1))
                .hasMessage("variable 0 has the cases 0 to 2, not 3");
        assertThatThrownBy(() -> b.addLinear(2, 0, 1)).hasMessage("no variable 2: there are 2");
        assertThatThrownBy(() -> b.addQuadratic(0, 0, 0, 1, 1)).hasMessageContaining("one case");
        assertThatThrownBy(() -> b.addLinear(0, 0, Double.NaN)).hasMessageContaining("finite");
        DiscreteModel model = b.build();
        assertThatThrownBy(() -> model.energy(1)).hasMessage("an assignment has 2 cases, not 1");
        ConstrainedSample none = model.toConstrainedModel().check(new double[5]);
        assertThatThrownBy(() -> model.cases(none)).hasMessageContaining("does not choose");
    }
}
