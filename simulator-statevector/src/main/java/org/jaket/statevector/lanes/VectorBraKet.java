package org.jaket.statevector.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The common steps on the Vector API, a register of neighbouring rows at a time. Controls among the
 * lowest qubits are lanes whose matrix is the identity; a target among them exchanges lanes within
 * the register.
 */
final class VectorBraKet extends BraKet {
    private static final VectorSpecies<Double> SPECIES =
            VectorWidth.species(DoubleVector.SPECIES_PREFERRED);

    private static final int LENGTH = SPECIES.length();

    /** Row numbers within a register. */
    private static final int LOW = LENGTH - 1;

    /** Per bit of a lane's number the exchange of the lanes that have it with those that do not. */
    private static final List<VectorShuffle<Double>> FLIPS =
            IntStream.range(0, Integer.bitCount(LOW))
                    .mapToObj(q -> VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1 << q))
                    .toList();

    private final double[] part = new double[LENGTH];

    VectorBraKet(LaneProgram program) {
        super(program);
    }

    /** Whether a state has a register of rows. */
    static boolean fits(LaneProgram program) {
        return 1 << program.qubits() >= LENGTH;
    }

    /** The lanes whose number has a bit. */
    private static long having(int qubit) {
        // 10101010, 11001100, 11110000.
        return switch (qubit) {
            case 0 -> 0xAA;
            case 1 -> 0xCC;
            default -> 0xF0;
        };
    }

    /** The lanes that controls select. */
    private static long selected(int mask, int value) {
        long lanes = -1L >>> 64 - LENGTH;
        for (int rest = mask & LOW; rest != 0; rest &= rest - 1) {
            int q = Integer.numberOfTrailingZeros(rest);
            lanes &= (value >> q & 1) != 0 ? having(q) : ~having(q);
        }
        return lanes;
    }

    private static DoubleVector broadcast(double number) {
        return DoubleVector.broadcast(SPECIES, number);
    }

    /** One number in some lanes, another one in the rest. */
    private static DoubleVector either(long lanes, double in, double out) {
        return broadcast(out).blend(in, VectorMask.fromLong(SPECIES, lanes));
    }

    /** The sum over some lanes, in the order of the lanes. */
    private double sum(DoubleVector v, long lanes) {
        v.intoArray(part, 0);
        double sum = 0;
        for (int lane = 0; lane < LENGTH; lane++) {
            if ((lanes >> lane & 1) != 0) {
                sum += part[lane];
            }
        }
        return sum;
    }

    // ---- one qubit ------------------------------------------------------------------------

    @Override
    void one(LaneStep.One step) {
        int m = step.slot();
        // Where the rows of the matrix are read: a flip exchanges them.
        int top = m + (step.exchange() ? 4 : 0);
        int bottom = m + (step.exchange() ? 0 : 4);
        long lanes = selected(step.mask(), step.value());
        if (1 << step.qubit() >= LENGTH) {
            across(step, lanes, top, bottom);
        } else {
            within(step, lanes, top, bottom);
        }
    }

    private void across(LaneStep.One step, long lanes, int top, int bottom) {
        int bit = 1 << step.qubit();
        int fixed = (step.mask() | bit) & ~LOW;
        int begin = step.value() & ~LOW;
        int count = rows / LENGTH >> Integer.bitCount(fixed);
        DoubleVector r00 = either(lanes, c[top], 1);
        DoubleVector i00 = either(lanes, c[top + 1], 0);
        DoubleVector r01 = either(lanes, c[top + 2], 0);
        DoubleVector i01 = either(lanes, c[top + 3], 0);
        DoubleVector r10 = either(lanes, c[bottom], 0);
        DoubleVector i10 = either(lanes, c[bottom + 1], 0);
        DoubleVector r11 = either(lanes, c[bottom + 2], 1);
        DoubleVector i11 = either(lanes, c[bottom + 3], 0);
        DoubleVector n00 = i00.neg();
        DoubleVector n01 = i01.neg();
        DoubleVector n10 = i10.neg();
        DoubleVector n11 = i11.neg();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin | i;
            DoubleVector ar = DoubleVector.fromArray(SPECIES, ketRe, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, ketIm, p);
            DoubleVector br = DoubleVector.fromArray(SPECIES, ketRe, p + bit);
            DoubleVector bi = DoubleVector.fromArray(SPECIES, ketIm, p + bit);
            bi.fma(n01, br.fma(r01, ai.fma(n00, ar.mul(r00)))).intoArray(ketRe, p);
            bi.fma(r01, br.fma(i01, ai.fma(r00, ar.mul(i00)))).intoArray(ketIm, p);
            bi.fma(n11, br.fma(r11, ai.fma(n10, ar.mul(r10)))).intoArray(ketRe, p + bit);
            bi.fma(r11, br.fma(i11, ai.fma(r10, ar.mul(i10)))).intoArray(ketIm, p + bit);
            i = ((i | fixed | LOW) + 1) & ~(fixed | LOW);
        }
    }

    private void within(LaneStep.One step, long lanes, int top, int bottom) {
        VectorShuffle<Double> flip = FLIPS.get(step.qubit());
        long up = having(step.qubit());
        int fixed = step.mask() & ~LOW;
        int begin = step.value() & ~LOW;
        int count = rows / LENGTH >> Integer.bitCount(fixed);
        DoubleVector sr = lanewise(lanes, up, c[bottom + 2], c[top], 1);
        DoubleVector si = lanewise(lanes, up, c[bottom + 3], c[top + 1], 0);
        DoubleVector or = lanewise(lanes, up, c[bottom], c[top + 2], 0);
        DoubleVector oi = lanewise(lanes, up, c[bottom + 1], c[top + 3], 0);
        DoubleVector sn = si.neg();
        DoubleVector on = oi.neg();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin | i;
            DoubleVector ar = DoubleVector.fromArray(SPECIES, ketRe, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, ketIm, p);
            DoubleVector br = ar.rearrange(flip);
            DoubleVector bi = ai.rearrange(flip);
            bi.fma(on, br.fma(or, ai.fma(sn, ar.mul(sr)))).intoArray(ketRe, p);
            bi.fma(or, br.fma(oi, ai.fma(sr, ar.mul(si)))).intoArray(ketIm, p);
            i = ((i | fixed | LOW) + 1) & ~(fixed | LOW);
        }
    }

    /** In the selected lanes one number where the bit is set, another where it is not. */
    private static DoubleVector lanewise(
            long lanes, long up, double set, double clear, double rest) {
        return either(lanes & up, set, rest)
                .blend(clear, VectorMask.fromLong(SPECIES, lanes & ~up));
    }

    @Override
    void oneBack(LaneStep.One step, boolean varies) {
        int m = step.slot();
        int top = m + (step.exchange() ? 4 : 0);
        int bottom = m + (step.exchange() ? 0 : 4);
        long lanes = selected(step.mask(), step.value());
        if (1 << step.qubit() >= LENGTH) {
            acrossBack(step, lanes, top, bottom, varies);
        } else {
            withinBack(step, lanes, top, bottom, varies);
        }
    }

    private void acrossBack(LaneStep.One step, long lanes, int top, int bottom, boolean varies) {
        int bit = 1 << step.qubit();
        int fixed = (step.mask() | bit) & ~LOW;
        int begin = step.value() & ~LOW;
        int count = rows / LENGTH >> Integer.bitCount(fixed);
        // The adjoint.
        DoubleVector r00 = either(lanes, c[top], 1);
        DoubleVector i00 = either(lanes, -c[top + 1], 0);
        DoubleVector r10 = either(lanes, c[top + 2], 0);
        DoubleVector i10 = either(lanes, -c[top + 3], 0);
        DoubleVector r01 = either(lanes, c[bottom], 0);
        DoubleVector i01 = either(lanes, -c[bottom + 1], 0);
        DoubleVector r11 = either(lanes, c[bottom + 2], 1);
        DoubleVector i11 = either(lanes, -c[bottom + 3], 0);
        DoubleVector s00r = broadcast(0);
        DoubleVector s00i = broadcast(0);
        DoubleVector s01r = broadcast(0);
        DoubleVector s01i = broadcast(0);
        DoubleVector s10r = broadcast(0);
        DoubleVector s10i = broadcast(0);
        DoubleVector s11r = broadcast(0);
        DoubleVector s11i = broadcast(0);
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin | i;
            DoubleVector ar = DoubleVector.fromArray(SPECIES, ketRe, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, ketIm, p);
            DoubleVector br = DoubleVector.fromArray(SPECIES, ketRe, p + bit);
            DoubleVector bi = DoubleVector.fromArray(SPECIES, ketIm, p + bit);
            DoubleVector ur = ar.mul(r00).sub(ai.mul(i00)).add(br.mul(r01)).sub(bi.mul(i01));
            DoubleVector ui = ai.mul(r00).add(ar.mul(i00)).add(bi.mul(r01)).add(br.mul(i01));
            DoubleVector vr = ar.mul(r10).sub(ai.mul(i10)).add(br.mul(r11)).sub(bi.mul(i11));
            DoubleVector vi = ai.mul(r10).add(ar.mul(i10)).add(bi.mul(r11)).add(br.mul(i11));
            ur.intoArray(ketRe, p);
            ui.intoArray(ketIm, p);
            vr.intoArray(ketRe, p + bit);
            vi.intoArray(ketIm, p + bit);
            DoubleVector xr = DoubleVector.fromArray(SPECIES, braRe, p);
            DoubleVector xi = DoubleVector.fromArray(SPECIES, braIm, p);
            DoubleVector yr = DoubleVector.fromArray(SPECIES, braRe, p + bit);
            DoubleVector yi = DoubleVector.fromArray(SPECIES, braIm, p + bit);
            s00r = xi.fma(ui, xr.fma(ur, s00r));
            s00i = xr.fma(ui, s00i).sub(xi.mul(ur));
            s01r = xi.fma(vi, xr.fma(vr, s01r));
            s01i = xr.fma(vi, s01i).sub(xi.mul(vr));
            s10r = yi.fma(ui, yr.fma(ur, s10r));
            s10i = yr.fma(ui, s10i).sub(yi.mul(ur));
            s11r = yi.fma(vi, yr.fma(vr, s11r));
            s11i = yr.fma(vi, s11i).sub(yi.mul(vr));
            xr.mul(r00).sub(xi.mul(i00)).add(yr.mul(r01)).sub(yi.mul(i01)).intoArray(braRe, p);
            xi.mul(r00).add(xr.mul(i00)).add(yi.mul(r01)).add(yr.mul(i01)).intoArray(braIm, p);
            xr.mul(r10)
                    .sub(xi.mul(i10))
                    .add(yr.mul(r11))
                    .sub(yi.mul(i11))
                    .intoArray(braRe, p + bit);
            xi.mul(r10)
                    .add(xr.mul(i10))
                    .add(yi.mul(r11))
                    .add(yr.mul(i11))
                    .intoArray(braIm, p + bit);
            i = ((i | fixed | LOW) + 1) & ~(fixed | LOW);
        }
        if (varies) {
            gather(top, sum(s00r, lanes), sum(s00i, lanes));
            gather(top + 2, sum(s01r, lanes), sum(s01i, lanes));
            gather(bottom, sum(s10r, lanes), sum(s10i, lanes));
            gather(bottom + 2, sum(s11r, lanes), sum(s11i, lanes));
        }
    }

    private void withinBack(LaneStep.One step, long lanes, int top, int bottom, boolean varies) {
        VectorShuffle<Double> flip = FLIPS.get(step.qubit());
        long up = having(step.qubit());
        int fixed = step.mask() & ~LOW;
        int begin = step.value() & ~LOW;
        int count = rows / LENGTH >> Integer.bitCount(fixed);
        // The adjoint.
        DoubleVector sr = lanewise(lanes, up, c[bottom + 2], c[top], 1);
        DoubleVector si = lanewise(lanes, up, -c[bottom + 3], -c[top + 1], 0);
        DoubleVector or = lanewise(lanes, up, c[top + 2], c[bottom], 0);
        DoubleVector oi = lanewise(lanes, up, -c[top + 3], -c[bottom + 1], 0);
        DoubleVector ownRe = broadcast(0);
        DoubleVector ownIm = broadcast(0);
        DoubleVector otherRe = broadcast(0);
        DoubleVector otherIm = broadcast(0);
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin | i;
            DoubleVector ar = DoubleVector.fromArray(SPECIES, ketRe, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, ketIm, p);
            DoubleVector br = ar.rearrange(flip);
            DoubleVector bi = ai.rearrange(flip);
            DoubleVector ur = ar.mul(sr).sub(ai.mul(si)).add(br.mul(or)).sub(bi.mul(oi));
            DoubleVector ui = ai.mul(sr).add(ar.mul(si)).add(bi.mul(or)).add(br.mul(oi));
            ur.intoArray(ketRe, p);
            ui.intoArray(ketIm, p);
            DoubleVector vr = ur.rearrange(flip);
            DoubleVector vi = ui.rearrange(flip);
            DoubleVector xr = DoubleVector.fromArray(SPECIES, braRe, p);
            DoubleVector xi = DoubleVector.fromArray(SPECIES, braIm, p);
            DoubleVector yr = xr.rearrange(flip);
            DoubleVector yi = xi.rearrange(flip);
            ownRe = xi.fma(ui, xr.fma(ur, ownRe));
            ownIm = xr.fma(ui, ownIm).sub(xi.mul(ur));
            otherRe = xi.fma(vi, xr.fma(vr, otherRe));
            otherIm = xr.fma(vi, otherIm).sub(xi.mul(vr));
            xr.mul(sr).sub(xi.mul(si)).add(yr.mul(or)).sub(yi.mul(oi)).intoArray(braRe, p);
            xi.mul(sr).add(xr.mul(si)).add(yi.mul(or)).add(yr.mul(oi)).intoArray(braIm, p);
            i = ((i | fixed | LOW) + 1) & ~(fixed | LOW);
        }
        if (varies) {
            gather(top, sum(ownRe, lanes & ~up), sum(ownIm, lanes & ~up));
            gather(top + 2, sum(otherRe, lanes & ~up), sum(otherIm, lanes & ~up));
            gather(bottom, sum(otherRe, lanes & up), sum(otherIm, lanes & up));
            gather(bottom + 2, sum(ownRe, lanes & up), sum(ownIm, lanes & up));
        }
    }

    // ---- phases ---------------------------------------------------------------------------

    @Override
    void phase(int mask, int value, int slot) {
        long lanes = selected(mask, value);
        int fixed = mask & ~LOW;
        int begin = value & ~LOW;
        int count = rows / LENGTH >> Integer.bitCount(fixed);
        DoubleVector r = either(lanes, c[slot], 1);
        DoubleVector x = either(lanes, c[slot + 1], 0);
        DoubleVector n = x.neg();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin | i;
            DoubleVector ar = DoubleVector.fromArray(SPECIES, ketRe, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, ketIm, p);
            ai.fma(n, ar.mul(r)).intoArray(ketRe, p);
            ai.fma(r, ar.mul(x)).intoArray(ketIm, p);
            i = ((i | fixed | LOW) + 1) & ~(fixed | LOW);
        }
    }

    @Override
    void phaseBack(int mask, int value, int slot) {
        long lanes = selected(mask, value);
        int fixed = mask & ~LOW;
        int begin = value & ~LOW;
        int count = rows / LENGTH >> Integer.bitCount(fixed);
        DoubleVector r = either(lanes, c[slot], 1);
        DoubleVector n = either(lanes, c[slot + 1], 0);
        DoubleVector x = n.neg();
        DoubleVector sumRe = broadcast(0);
        DoubleVector sumIm = broadcast(0);
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin | i;
            DoubleVector ar = DoubleVector.fromArray(SPECIES, ketRe, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, ketIm, p);
            DoubleVector ur = ai.fma(n, ar.mul(r));
            DoubleVector ui = ai.fma(r, ar.mul(x));
            ur.intoArray(ketRe, p);
            ui.intoArray(ketIm, p);
            DoubleVector xr = DoubleVector.fromArray(SPECIES, braRe, p);
            DoubleVector xi = DoubleVector.fromArray(SPECIES, braIm, p);
            sumRe = xi.fma(ui, xr.fma(ur, sumRe));
            sumIm = xr.fma(ui, sumIm).sub(xi.mul(ur));
            xi.fma(n, xr.mul(r)).intoArray(braRe, p);
            xi.fma(r, xr.mul(x)).intoArray(braIm, p);
            i = ((i | fixed | LOW) + 1) & ~(fixed | LOW);
        }
        gather(slot, sum(sumRe, lanes), sum(sumIm, lanes));
    }
}
