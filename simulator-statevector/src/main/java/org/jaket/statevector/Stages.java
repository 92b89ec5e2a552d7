package org.jaket.statevector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ops of one pass in stages, each op in the earliest stage that its predecessors allow. A stage
 * is applied as: all phases, all turns, then the others.
 */
final class Stages {
    /**
     * One stage.
     *
     * @param phases angle by mask
     * @param turns rotations on distinct qubits
     * @param others ops that move or read none of the qubits that another op of the stage moves
     */
    record Stage(Map<Long, Double> phases, List<Op.Turn> turns, List<Op> others) {
        boolean isEmpty() {
            return phases.isEmpty() && turns.isEmpty() && others.isEmpty();
        }
    }

    private final List<Stage> stages = new ArrayList<>();

    /** Per qubit the last stage that moves it, has a phase on it, or reads it as a control. */
    private final int[] moved;

    private final int[] phased;
    private final int[] controlled;

    Stages(int qubits) {
        moved = new int[qubits];
        phased = new int[qubits];
        controlled = new int[qubits];
        Arrays.fill(moved, -1);
        Arrays.fill(phased, -1);
        Arrays.fill(controlled, -1);
    }

    List<Stage> list() {
        return stages;
    }

    /** All ops, in an order in which they may be done. */
    List<Op> ops() {
        List<Op> ops = new ArrayList<>();
        for (Stage stage : stages) {
            stage.phases.forEach((mask, angle) -> ops.add(new Op.Phase(mask, angle)));
            ops.addAll(stage.turns);
            ops.addAll(stage.others);
        }
        return ops;
    }

    boolean isEmpty() {
        return stages.stream().allMatch(Stage::isEmpty);
    }

    void add(Op op) {
        int at = 0;
        for (long rest = op.reads(); rest != 0; rest &= rest - 1) {
            at = Math.max(at, moved[Long.numberOfTrailingZeros(rest)] + 1);
        }
        for (long rest = op.moves(); rest != 0; rest &= rest - 1) {
            int q = Long.numberOfTrailingZeros(rest);
            at = Math.max(at, Math.max(moved[q], controlled[q]) + 1);
            at = Math.max(at, phased[q]);
        }
        while (stages.size() <= at) {
            stages.add(new Stage(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>()));
        }
        Stage stage = stages.get(at);
        boolean phase = false;
        switch (op) {
            case Op.Phase(long mask, double angle) -> {
                stage.phases.merge(mask, angle, Double::sum);
                phase = true;
            }
            case Op.Turn t -> stage.turns.add(t);
            default -> stage.others.add(op);
        }
        for (long rest = op.moves(); rest != 0; rest &= rest - 1) {
            moved[Long.numberOfTrailingZeros(rest)] = at;
        }
        for (long rest = op.reads(); rest != 0; rest &= rest - 1) {
            int q = Long.numberOfTrailingZeros(rest);
            if (phase) {
                phased[q] = Math.max(phased[q], at);
            } else {
                controlled[q] = Math.max(controlled[q], at);
            }
        }
    }

    /** Takes out the phases after which nothing here moves their qubits; they can wait. */
    List<Op> removeTrailingPhases() {
        List<Op> removed = new ArrayList<>();
        for (int s = 0; s < stages.size(); s++) {
            int stage = s;
            stages.get(s)
                    .phases
                    .entrySet()
                    .removeIf(
                            e -> {
                                for (long r = e.getKey(); r != 0; r &= r - 1) {
                                    if (moved[Long.numberOfTrailingZeros(r)] >= stage) {
                                        return false;
                                    }
                                }
                                removed.add(new Op.Phase(e.getKey(), e.getValue()));
                                return true;
                            });
        }
        return removed;
    }
}
