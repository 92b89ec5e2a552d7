package org.jaket.interop.strange;

import org.jspecify.annotations.Nullable;
import org.redfx.strange.Block;
import org.redfx.strange.BlockGate;
import org.redfx.strange.Complex;
import org.redfx.strange.gate.Fourier;
import org.redfx.strange.gate.R;
import org.redfx.strange.gate.Rotation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What Strange 0.1.3 knows of its gates and does not tell: whether a block is inverted, the name of
 * a block, and angles in double precision (its matrices have them in single precision).
 *
 * <p>The fields are read, never written. An automatic module opens all its packages, so this works
 * on the module path and on the class path alike.
 */
final class HiddenFields {
    private static final VarHandle INVERSE = field(BlockGate.class, "inverse", boolean.class);
    private static final VarHandle NAME = field(Block.class, "name", String.class);
    private static final VarHandle MATRIX = field(Fourier.class, "matrix", Complex[][].class);
    private static final VarHandle PHASE = field(R.class, "expv", double.class);
    private static final VarHandle ANGLE = field(Rotation.class, "thetav", double.class);
    private static final VarHandle AXIS = field(Rotation.class, "axis", Rotation.Axes.class);

    private HiddenFields() {}

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                    .findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "The bridge reads the field "
                            + owner.getName()
                            + "."
                            + name
                            + " of Strange 0.1.3, which is not there or not accessible. Maybe"
                            + " another version of Strange is on the path.",
                    e);
        }
    }

    /** Whether a block is applied backwards; Strange flips this and has no getter for it. */
    static boolean isInverted(BlockGate<?> gate) {
        return (boolean) INVERSE.get(gate);
    }

    static String name(Block block) {
        String name = (String) NAME.get(block);
        return name == null ? "block" : name;
    }

    /**
     * The matrix of a Fourier gate if it was ever built, which inverting it does; to ask for it
     * would build 4^n objects.
     */
    static Complex @Nullable [][] matrix(Fourier gate) {
        return (Complex[][]) MATRIX.get(gate);
    }

    /** The phase in radians that an R gate was made with. */
    static double phase(R gate) {
        return (double) PHASE.get(gate);
    }

    /** The angle in radians that a rotation was made with. */
    static double angle(Rotation gate) {
        return (double) ANGLE.get(gate);
    }

    static Rotation.Axes axis(Rotation gate) {
        return (Rotation.Axes) AXIS.get(gate);
    }
}
