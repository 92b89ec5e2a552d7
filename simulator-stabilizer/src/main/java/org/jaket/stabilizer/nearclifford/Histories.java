package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.Expression;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.nearclifford.Segment.Parting;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The ways that conditions on results can lead through a circuit: a tree of compiled segments, each
 * shared by all shots that got there. Circuits without branches have one segment, and so have those
 * whose branches are {@link Inlining inlined}.
 *
 * <p>Where a condition decides between operations that change the Clifford frames, the histories
 * part for good. A segment is compiled when the first shot needs it, so that only what happens is
 * compiled, and loops on conditions need no limit but that on segments. Used by any number of
 * threads.
 */
final class Histories {
    /** The most segments. */
    static final int MAX_SEGMENTS = 1 << 14;

    /** Of the room for amplitudes, how much the frames that wait at partings may take. */
    private static final double SHARE = 0.25;

    private final int bits;
    private final int most;
    private final Segment root;
    private int segments;
    private int maskWords;

    private Histories(Circuit circuit, List<Move> moves, Progress progress) {
        int n = circuit.qubits();
        this.bits = circuit.bits();
        // Two frames of 2n strings of 2n bits, and copies while they change.
        double bytes = 1.5 * n * n;
        if (bytes > ActiveQubits.room()) {
            throw new UnsupportedCircuitException(
                    "Clifford frames of %d qubits take %.0f MB, more than the heap has room for. Maybe give it more with -Xmx?"
                            .formatted(n, bytes / 1e6));
        }
        // Each string is three objects beside its bits.
        this.most =
                (int)
                        Math.clamp(
                                SHARE * ActiveQubits.room() / (bytes + 400.0 * n + 1000),
                                2,
                                MAX_SEGMENTS);
        Compiler compiler = new Compiler(n, bits, Unrolling.chains(moves), Masks.MAX_WORDS);
        this.root = compile(compiler, Place.of(moves, null), progress);
    }

    /**
     * Compiles a circuit up to where histories part.
     *
     * @param moves the circuit, lowered
     * @param progress asked now and then whether to stop
     * @throws UnsupportedCircuitException if the circuit is too long or needs too many active
     *     qubits
     */
    static Histories of(Circuit circuit, List<Move> moves, Progress progress) {
        Unrolling.requireLength(moves);
        return new Histories(circuit, moves, progress);
    }

    /** Where all shots start. */
    Segment root() {
        return root;
    }

    /** Whether all shots have the same segment. */
    boolean isOne() {
        return root.parting() == null;
    }

    /**
     * The segment after a parting.
     *
     * @throws UnsupportedCircuitException if there are too many histories, or it needs too many
     *     active qubits
     */
    Segment next(Segment segment, boolean holds, Progress progress) {
        Segment known = segment.next(holds);
        return known != null ? known : compileNext(segment, holds, progress);
    }

    private synchronized Segment compileNext(Segment segment, boolean holds, Progress progress) {
        Segment known = segment.next(holds);
        Parting parting = segment.parting();
        if (known != null || parting == null) {
            return known == null ? segment : known;
        }
        if (segments >= most) {
            throw new UnsupportedCircuitException(
                    "Conditions on results, such as %s, lead to more than %d different histories, and the near-Clifford engine compiles each. Branches of Paulis and of phase gates on what a rotation has touched do not count. Maybe use the state vector engine?"
                            .formatted(parting.cause(), most));
        }
        int words = Masks.MAX_WORDS - maskWords;
        // A copy also for the second: work that is cancelled leaves the frames as they were.
        Compiler compiler = parting.compiler().copy().next(words);
        Place place = holds ? parting.whenTrue() : parting.whenFalse();
        Segment compiled = compile(compiler, place, progress);
        segment.setNext(holds, compiled);
        return compiled;
    }

    private Segment compile(Compiler compiler, @Nullable Place from, Progress progress) {
        Parting parting = run(compiler, from, progress);
        Program program = compiler.build();
        segments++;
        maskWords += program.maskWord().length;
        return new Segment(program, compiler.sources().clone(), parting);
    }

    /** Follows the circuit until histories part, or to the end. */
    private static @Nullable Parting run(
            Compiler compiler, @Nullable Place from, Progress progress) {
        Place at = from;
        int steps = 0;
        while (at != null) {
            if ((++steps & 255) == 0) {
                progress.checkCancelled();
            }
            if (at.isAtEnd()) {
                Move.WhileLoop loop = at.loop();
                if (loop != null) {
                    return parting(
                            compiler, loop.condition(), Place.of(loop, at.outer()), at.outer());
                }
                at = at.turnsLeft() > 0 ? at.again() : at.outer();
                continue;
            }
            Place after = at.advanced();
            switch (at.move()) {
                case Move.Loop l -> at = l.count() > 0 ? Place.of(l, after) : after;
                case Move.Branch b -> {
                    if (!compiler.isInline(b)) {
                        return parting(
                                compiler,
                                b.condition(),
                                Place.of(b.then(), after),
                                Place.of(b.otherwise(), after));
                    }
                    compiler.inline(b);
                    at = after;
                }
                case Move.WhileLoop w -> {
                    return parting(compiler, w.condition(), Place.of(w, after), after);
                }
                case Move.Rotation r -> {
                    compiler.rotation(r);
                    at = after;
                }
                case Move.HalfTurn h -> {
                    compiler.halfTurn(h.product());
                    at = after;
                }
                case Move.Clifford c -> {
                    compiler.step(c.step());
                    at = after;
                }
            }
        }
        return null;
    }

    private static Parting parting(
            Compiler compiler,
            Expression condition,
            @Nullable Place whenTrue,
            @Nullable Place whenFalse) {
        return new Parting(
                compiler.condition(condition),
                compiler,
                whenTrue,
                whenFalse,
                "if (" + condition + ")");
    }
}
