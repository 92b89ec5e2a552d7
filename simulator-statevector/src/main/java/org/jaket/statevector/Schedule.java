package org.jaket.statevector;

import org.jaket.execution.Progress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Arranges ops into passes. A pass chooses the qubits that its tiles contain, takes every op that
 * moves only those and commutes with what it leaves behind, and arranges them in stages: in each
 * stage one diagonal, then real rotations on distinct qubits, then the rest.
 *
 * <p>Diagonal parts never restrict a pass: a tile knows its outer index bits.
 */
final class Schedule {
    /** A tile with its buffer stays in a core's second-level cache: 2^15 x 16 bytes. */
    static final int TILE_BITS = 15;

    /** The lowest qubits are in every tile, so that amplitudes move in runs of at least 2^6. */
    static final int RUN_BITS = 6;

    /** Vector kernels move at least one register at a time: 16 numbers at most. */
    private static final int SHORTEST_RUN_BITS = 4;

    /** How far a pass looks for ops behind ones it had to leave. */
    private static final int WINDOW = 1 << 14;

    /** A deferred factor smaller than this is multiplied in, lest single precision overflow. */
    private static final double SMALLEST_SCALE = 0x1p-40;

    private final int qubits;
    private final int tileBits;
    private final int runBits;
    private final Progress progress;

    /** The constant factor that no diagonal has taken yet: what rotations left out. */
    private double scale = 1;

    /** The global phase that no diagonal has taken yet. */
    private double angle;

    private Schedule(int qubits, int tileBits, int runBits, Progress progress) {
        this.progress = progress;
        this.qubits = qubits;
        this.tileBits = Math.min(qubits, tileBits);
        this.runBits = Math.min(runBits, this.tileBits);
    }

    static List<Pass> of(List<Op> ops, int qubits) {
        return of(ops, qubits, Progress.NONE);
    }

    /** The same for very many ops, with a listener that may cancel. */
    static List<Pass> of(List<Op> ops, int qubits, Progress progress) {
        return new Schedule(qubits, TILE_BITS, RUN_BITS, progress).arrange(ops);
    }

    /** With tiles and runs of other sizes. */
    static List<Pass> of(List<Op> ops, int qubits, int tileBits, int runBits) {
        return new Schedule(qubits, tileBits, runBits, Progress.NONE).arrange(ops);
    }

    /** What happens in one pass: the qubits of its tiles, and its ops in stages. */
    private record Batch(long local, Stages stages) {}

    /**
     * Divides ops into sweeps of large tiles, whose ops are yet to be arranged in passes.
     *
     * @param tileBits qubits of a tile; an op that moves more gets a larger one
     * @param runBits the lowest qubits, which are in every tile where that is possible
     */
    static List<Sweep> sweeps(
            List<Op> ops, int qubits, int tileBits, int runBits, Progress progress) {
        return new Schedule(qubits, tileBits, runBits, progress)
                .batches(ops).stream()
                        .map(batch -> new Sweep(batch.local, batch.stages.ops()))
                        .filter(sweep -> !sweep.ops().isEmpty())
                        .toList();
    }

    private List<Pass> arrange(List<Op> ops) {
        List<Pass> passes = new ArrayList<>();
        List<Batch> batches = batches(ops);
        for (int k = 0; k < batches.size(); k++) {
            progress.checkCancelled();
            Batch batch = batches.get(k);
            List<Step> steps = steps(batch.stages, batch.local);
            if (k == batches.size() - 1 && (scale != 1 || angle != 0)) {
                steps.add(constant(batch.local));
            }
            if (!steps.isEmpty()) {
                passes.add(new Pass(batch.local, List.copyOf(steps)));
            }
        }
        return passes;
    }

    private List<Batch> batches(List<Op> ops) {
        List<Batch> batches = new ArrayList<>();
        // One list for all batches: copying what is far ahead each time would be quadratic.
        List<Op> all = new ArrayList<>(ops);
        int head = 0;
        while (head < all.size()) {
            progress.checkCancelled();
            List<Op> ahead = all.subList(head, all.size());
            long local = choose(ahead);
            Stages stages = new Stages(qubits);
            List<Op> left = new ArrayList<>();
            int looked = take(ahead, local, stages, left);
            boolean isLast = left.isEmpty() && looked == ahead.size();
            List<Op> deferred = isLast ? List.of() : stages.removeTrailingPhases();
            if (stages.isEmpty()) {
                // Only phases before ops of other tiles: do them here after all.
                deferred.forEach(stages::add);
                deferred = List.of();
            }
            // Back in front of what was not looked at; each phase here was one or more ops before.
            int place = looked - left.size() - deferred.size();
            head += place;
            for (Op op : deferred) {
                ahead.set(place++, op);
            }
            for (Op op : left) {
                ahead.set(place++, op);
            }
            batches.add(new Batch(local, stages));
        }
        return batches;
    }

    private Step constant(long local) {
        List<DiagonalPlan.Term> phase =
                angle == 0 ? List.of() : List.of(new DiagonalPlan.Term(0, 0, angle));
        DiagonalPlan plan = DiagonalPlan.of(phase, Long.bitCount(local), scale).getFirst();
        scale = 1;
        angle = 0;
        return new Step.Diagonal(plan);
    }

    // ---- which qubits ---------------------------------------------------------------------

    private long choose(List<Op> ops) {
        long low = (1L << tileBits) - 1;
        if (tileBits == qubits) {
            return low;
        }
        long first = ops.getFirst().moves();
        if (Long.bitCount(first | runs()) > tileBits) {
            return spacious(first);
        }
        long grown = grow(ops);
        if (grown == low) {
            return low;
        }
        // A tile of scattered runs has to be copied in and out.
        return 4 * benefit(ops, low) >= 3 * benefit(ops, grown) ? low : grown;
    }

    private long runs() {
        return (1L << runBits) - 1;
    }

    /** A tile for one op that moves very many qubits: shorter runs, if need be a larger tile. */
    private long spacious(long moves) {
        long local = moves;
        for (int q = 0; q < qubits; q++) {
            if (Long.bitCount(local) < tileBits || q < SHORTEST_RUN_BITS) {
                local |= 1L << q;
            }
        }
        return local;
    }

    /** The qubits that the first ops need, as many as fit. */
    private long grow(List<Op> ops) {
        long local = runs();
        long blockedMoves = 0;
        long blockedReads = 0;
        int skipped = 0;
        for (Op op : ops) {
            long moves = op.moves();
            boolean fits = Long.bitCount(local | moves) <= tileBits;
            if (fits && Op.commute(moves, op.reads(), blockedMoves, blockedReads)) {
                local |= moves;
            } else {
                blockedMoves |= moves;
                blockedReads |= op.reads();
                if (++skipped > WINDOW || Long.bitCount(blockedMoves) == qubits) {
                    break;
                }
            }
        }
        for (int q = 0; Long.bitCount(local) < tileBits; q++) {
            local |= 1L << q;
        }
        return local;
    }

    private int benefit(List<Op> ops, long local) {
        long blockedMoves = 0;
        long blockedReads = 0;
        int skipped = 0;
        int taken = 0;
        for (Op op : ops) {
            if ((op.moves() & ~local) == 0
                    && Op.commute(op.moves(), op.reads(), blockedMoves, blockedReads)) {
                taken += op.moves() == 0 ? 0 : 1;
            } else {
                blockedMoves |= op.moves();
                blockedReads |= op.reads();
                if (++skipped > WINDOW || Long.bitCount(blockedMoves) == qubits) {
                    break;
                }
            }
        }
        return taken;
    }

    /**
     * Takes ops into a pass.
     *
     * @param left gets those that were looked at and not taken
     * @return how many were looked at
     */
    private int take(List<Op> ops, long local, Stages stages, List<Op> left) {
        long blockedMoves = 0;
        long blockedReads = 0;
        for (int i = 0; i < ops.size(); i++) {
            Gathering.check(i, progress);
            Op op = ops.get(i);
            if ((op.moves() & ~local) == 0
                    && Op.commute(op.moves(), op.reads(), blockedMoves, blockedReads)) {
                stages.add(op);
            } else {
                left.add(op);
                blockedMoves |= op.moves();
                blockedReads |= op.reads();
                if (left.size() > WINDOW || Long.bitCount(blockedMoves) == qubits) {
                    return i + 1;
                }
            }
        }
        return ops.size();
    }

    // ---- stages to steps ------------------------------------------------------------------

    private List<Step> steps(Stages stages, long local) {
        List<Step> steps = new ArrayList<>();
        for (Stages.Stage stage : stages.list()) {
            progress.checkCancelled();
            phases(stage, local, steps);
            if (scale < SMALLEST_SCALE) {
                steps.add(constant(local));
            }
            if (!stage.turns().isEmpty()) {
                steps.add(shears(stage.turns(), local));
            }
            for (Op op : stage.others()) {
                steps.add(localise(op, local));
            }
        }
        return steps;
    }

    private void phases(Stages.Stage stage, long local, List<Step> steps) {
        List<DiagonalPlan.Term> terms = new ArrayList<>();
        for (Map.Entry<Long, Double> e : stage.phases().entrySet()) {
            long mask = e.getKey();
            if (mask == 0) {
                angle += e.getValue();
            } else {
                terms.add(
                        new DiagonalPlan.Term(
                                Long.compress(mask, local), mask & ~local, e.getValue()));
            }
        }
        if (terms.isEmpty()) {
            return;
        }
        boolean few = terms.size() <= 2;
        for (DiagonalPlan.Term t : terms) {
            few &= t.local() != 0;
        }
        if (few) {
            for (DiagonalPlan.Term t : terms) {
                double re = Angles.cos(t.angle());
                double im = Angles.sin(t.angle());
                steps.add(new Step.Phase((int) t.local(), t.outer(), re, im));
            }
            return;
        }
        if (angle != 0) {
            terms.add(new DiagonalPlan.Term(0, 0, angle));
        }
        for (DiagonalPlan plan : DiagonalPlan.of(terms, Long.bitCount(local), scale)) {
            steps.add(new Step.Diagonal(plan));
        }
        scale = 1;
        angle = 0;
    }

    private Step shears(List<Op.Turn> turns, long local) {
        turns.sort((a, b) -> Integer.compare(a.qubit(), b.qubit()));
        int[] qubits = new int[turns.size()];
        double[] tangents = new double[turns.size()];
        for (int k = 0; k < qubits.length; k++) {
            Op.Turn t = turns.get(k);
            qubits[k] = place(t.qubit(), local);
            tangents[k] = t.tangent();
            scale *= t.cosine();
        }
        return new Step.Shears(qubits, tangents);
    }

    private static int place(int qubit, long local) {
        return Long.bitCount(local & ((1L << qubit) - 1));
    }

    private static int squeeze(long mask, long local) {
        return (int) Long.compress(mask, local);
    }

    private static Step localise(Op op, long local) {
        return switch (op) {
            case Op.Dense1(int q, long mask, long value, double[] m) ->
                    new Step.Dense1(
                            place(q, local),
                            squeeze(mask, local),
                            squeeze(value, local),
                            mask & ~local,
                            value & ~local,
                            m);
            case Op.Dense(int[] qubits, long mask, long value, double[] m) ->
                    new Step.Dense(
                            new DenseMatrix(
                                    Arrays.stream(qubits).map(q -> place(q, local)).toArray(),
                                    squeeze(mask, local),
                                    squeeze(value, local),
                                    m),
                            mask & ~local,
                            value & ~local);
            case Op.Flip(int q, long mask, long value) ->
                    new Step.Flip(
                            place(q, local),
                            squeeze(mask, local),
                            squeeze(value, local),
                            mask & ~local,
                            value & ~local);
            case Op.Swap(int a, int b, long mask, long value) ->
                    new Step.Swap(
                            place(a, local),
                            place(b, local),
                            squeeze(mask, local),
                            squeeze(value, local),
                            mask & ~local,
                            value & ~local);
            case Op.Phase p ->
                    throw new IllegalStateException("A phase is part of a diagonal: " + p);
            case Op.Turn t -> throw new IllegalStateException("A turn is part of a layer: " + t);
        };
    }
}
