package org.jaket.stabilizer.nearclifford;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.Random;

/**
 * Pauli strings on amplitudes against their definition, {@code A|j> = i^y (-1)^|z & j| |j ^ x>}.
 */
class ActiveVectorTest {
    private static final int QUBITS = 4;
    private static final int SIZE = 1 << QUBITS;

    private static ActiveVector random(Random random) {
        ActiveVector vector = new ActiveVector(QUBITS);
        for (int k = 0; k < QUBITS; k++) {
            double angle = 6 * random.nextDouble();
            vector.activate(Math.cos(angle), Math.sin(angle));
        }
        for (int k = 0; k < 12; k++) {
            double angle = 6 * random.nextDouble();
            int x = random.nextInt(SIZE);
            vector.rotate(x, random.nextInt(SIZE), Math.cos(angle), Math.sin(angle));
        }
        return vector;
    }

    /** A applied to amplitudes, as pairs of real and imaginary parts. */
    private static double[] applied(double[] a, int x, int z) {
        double[] result = new double[a.length];
        int y = Integer.bitCount(x & z) & 3;
        for (int j = 0; 2 * j < a.length; j++) {
            double sign = (Integer.bitCount(z & j) & 1) == 0 ? 1 : -1;
            double re = sign * a[2 * j];
            double im = sign * a[2 * j + 1];
            int to = 2 * (j ^ x);
            result[to] = new double[] {re, -im, -re, im}[y];
            result[to + 1] = new double[] {im, re, -im, -re}[y];
        }
        return result;
    }

    private static double[] copy(ActiveVector vector) {
        double[] a = new double[2 * vector.size()];
        for (int j = 0; j < vector.size(); j++) {
            a[2 * j] = vector.re(j);
            a[2 * j + 1] = vector.im(j);
        }
        return a;
    }

    @Property(tries = 300, seed = "1")
    void rotationsAreCosineMinusISineA(
            @ForAll @IntRange(min = 0, max = SIZE - 1) int x,
            @ForAll @IntRange(min = 0, max = SIZE - 1) int z,
            @ForAll long seed) {
        ActiveVector vector = random(new Random(seed));
        double[] before = copy(vector);
        double[] a = applied(before, x, z);
        double cos = Math.cos(0.7);
        double sin = Math.sin(0.7);
        vector.rotate(x, z, cos, sin);
        for (int j = 0; j < SIZE; j++) {
            assertThat(vector.re(j))
                    .isCloseTo(cos * before[2 * j] + sin * a[2 * j + 1], within(1e-12));
            assertThat(vector.im(j))
                    .isCloseTo(cos * before[2 * j + 1] - sin * a[2 * j], within(1e-12));
        }
    }

    @Property(tries = 300, seed = "2")
    void measurementsProjectAndDropTheHighestQubit(
            @ForAll @IntRange(min = 0, max = SIZE - 1) int x,
            @ForAll @IntRange(min = 0, max = SIZE - 1) int z,
            @ForAll boolean minus,
            @ForAll long seed) {
        if ((x | z) == 0) {
            return;
        }
        ActiveVector vector = random(new Random(seed));
        double[] before = copy(vector);
        double[] a = applied(before, x, z);
        double expectation = 0;
        for (int k = 0; k < a.length; k++) {
            expectation += before[k] * a[k];
        }
        double probability = (1 - expectation) / 2;
        assertThat(vector.probabilityOfMinus(x, z)).isCloseTo(probability, within(1e-12));
        double kept = minus ? probability : 1 - probability;
        if (kept < 1e-3) {
            return;
        }
        vector.collapse(x, z, minus);
        assertThat(vector.size()).isEqualTo(SIZE / 2);
        int dropped = Integer.highestOneBit(x != 0 ? x : z);
        double norm = 0;
        for (int j = 0; j < SIZE; j++) {
            boolean odd = (Integer.bitCount(j & z) & 1) != 0;
            boolean stays = x != 0 ? (j & dropped) == 0 : odd == minus;
            if (!stays) {
                continue;
            }
            int to = j & dropped - 1 | (j & -2 * dropped) >> 1;
            double scale = x != 0 ? Math.sqrt(2 / kept) : 1 / Math.sqrt(kept);
            double sign = minus ? -1 : 1;
            double re = scale * (before[2 * j] + sign * a[2 * j]) / 2;
            double im = scale * (before[2 * j + 1] + sign * a[2 * j + 1]) / 2;
            assertThat(vector.re(to)).isCloseTo(re, within(1e-11));
            assertThat(vector.im(to)).isCloseTo(im, within(1e-11));
            norm += re * re + im * im;
        }
        assertThat(norm).isCloseTo(1, within(1e-11));
    }

    @Property(tries = 200, seed = "3")
    void productsOfStringsAreAssociativeAndKnowTheirCommutators(@ForAll long seed) {
        Random random = new Random(seed);
        PauliRow[] rows = new PauliRow[3];
        for (int k = 0; k < 3; k++) {
            rows[k] = new PauliRow(70);
            for (int q = 0; q < 70; q++) {
                if (random.nextBoolean()) {
                    rows[k].multiply(PauliRow.x(70, q));
                }
                if (random.nextBoolean()) {
                    rows[k].multiply(PauliRow.z(70, q));
                }
            }
        }
        PauliRow left = rows[0].copy();
        left.multiply(rows[1]);
        left.multiply(rows[2]);
        PauliRow tail = rows[1].copy();
        tail.multiply(rows[2]);
        PauliRow right = rows[0].copy();
        right.multiply(tail);
        assertThat(left.quarterTurns()).isEqualTo(right.quarterTurns());
        PauliRow ab = rows[0].copy();
        ab.multiply(rows[1]);
        PauliRow ba = rows[1].copy();
        ba.multiply(rows[0]);
        assertThat(ab.quarterTurns() != ba.quarterTurns()).isEqualTo(rows[0].anticommutes(rows[1]));
    }
}
