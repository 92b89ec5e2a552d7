package org.jaket.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

/** The decomposition against its definition, and against matrices with known singular values. */
class ComplexSvdTest {
    private static ComplexArray random(int rows, int columns, Random random) {
        ComplexArray a = new ComplexArray(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            a.re[i] = random.nextGaussian();
            a.im[i] = random.nextGaussian();
        }
        return a;
    }

    private static void assertEqual(ComplexArray a, ComplexArray b, double tolerance) {
        for (int i = 0; i < a.re.length; i++) {
            assertThat(a.re[i]).isCloseTo(b.re[i], within(tolerance));
            assertThat(a.im[i]).isCloseTo(b.im[i], within(tolerance));
        }
    }

    private static ComplexArray identity(int n) {
        ComplexArray e = new ComplexArray(n, n);
        for (int i = 0; i < n; i++) {
            e.re[i * n + i] = 1;
        }
        return e;
    }

    private static ComplexArray diagonal(double[] values) {
        ComplexArray d = new ComplexArray(values.length, values.length);
        for (int i = 0; i < values.length; i++) {
            d.re[i * values.length + i] = values[i];
        }
        return d;
    }

    @Property(tries = 60, seed = "11")
    void productIsTheMatrixAndFactorsAreOrthonormal(
            @ForAll @IntRange(min = 1, max = 12) int rows,
            @ForAll @IntRange(min = 1, max = 12) int columns,
            @ForAll @IntRange(min = 1, max = 12) int rank,
            @ForAll int seed) {
        Random random = new Random(seed);
        ComplexArray a = random(rows, rank, random).times(random(rank, columns, random));
        ComplexSvd svd = ComplexSvd.of(a);
        int k = svd.values.length;
        // Of a product of thin factors there may be a value more, as small as rounding errors.
        double least = 1e-13 * svd.values[0];
        assertThat(Arrays.stream(svd.values).filter(v -> v > least).count())
                .isEqualTo(Math.min(rank, Math.min(rows, columns)));
        assertEqual(svd.u.times(diagonal(svd.values)).times(svd.vh), a, 1e-12);
        assertEqual(svd.u.adjoint().times(svd.u), identity(k), 1e-13);
        assertEqual(svd.vh.times(svd.vh.adjoint()), identity(k), 1e-13);
        assertThat(svd.values).isSortedAccordingTo((x, y) -> Double.compare(y, x));
    }

    @Test
    void singularValuesOverTwelveOrdersOfMagnitudeAreFound() {
        int n = 40;
        Random random = new Random(5);
        double[] known = new double[n];
        for (int i = 0; i < n; i++) {
            known[i] = Math.pow(10, -12.0 * i / (n - 1));
        }
        ComplexArray u = new ComplexQr(random(n, n, random)).q();
        ComplexArray v = new ComplexQr(random(n, n, random)).q();
        ComplexSvd svd = ComplexSvd.of(u.times(diagonal(known)).times(v));
        for (int i = 0; i < n; i++) {
            assertThat(svd.values[i]).isCloseTo(known[i], within(1e-14));
        }
    }

    @Test
    void aMatrixOfZerosHasOneSingularValueZero() {
        ComplexSvd svd = ComplexSvd.of(new ComplexArray(4, 6));
        assertThat(svd.values).containsExactly(0);
        assertThat(svd.u.rows).isEqualTo(4);
    }

    @Test
    void triangularFactorsGiveTheMatrixBack() {
        Random random = new Random(9);
        ComplexArray a = random(9, 4, random).times(random(4, 7, random));
        ComplexQr qr = new ComplexQr(a);
        assertThat(qr.rank).isEqualTo(4);
        assertEqual(qr.q().times(qr.r()), a, 1e-12);
    }
}
