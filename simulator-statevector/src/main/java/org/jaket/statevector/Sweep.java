package org.jaket.statevector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ops that are done tile by tile while a state goes through memory once. A tile is a state of its
 * own, on the qubits {@code local}; what the other qubits are is known there.
 *
 * @param local the qubits of a tile, of which all that the ops move are some
 * @param ops in an order in which they may be done
 */
record Sweep(long local, List<Op> ops) {

    /** The qubits outside the tiles that make a difference to what happens in a tile. */
    long reads() {
        return ops.stream().mapToLong(Op::reads).reduce(0, (a, b) -> a | b) & ~local;
    }

    /** The qubits that change. */
    long moves() {
        return ops.stream().mapToLong(Op::moves).reduce(0, (a, b) -> a | b);
    }

    /**
     * What happens in one tile: controls and phases on other qubits are decided.
     *
     * @param outer the tile's index bits outside its qubits
     * @return ops on the tile's own qubits, numbered from 0
     */
    List<Op> inTile(long outer) {
        List<Op> inside = new ArrayList<>();
        for (Op op : ops) {
            long there = op.reads() & ~local;
            switch (op) {
                case Op.Phase(long mask, double angle) -> {
                    if ((outer & there) == there) {
                        inside.add(new Op.Phase(squeeze(mask), angle));
                    }
                }
                case Op.Turn(int q, double tangent, double cosine) ->
                        inside.add(new Op.Turn(place(q), tangent, cosine));
                case Op.Dense1(int q, long mask, long value, double[] entries) -> {
                    if ((outer & there) == (value & there)) {
                        inside.add(new Op.Dense1(place(q), squeeze(mask), squeeze(value), entries));
                    }
                }
                case Op.Dense(int[] qubits, long mask, long value, double[] entries) -> {
                    if ((outer & there) == (value & there)) {
                        int[] places = Arrays.stream(qubits).map(this::place).toArray();
                        inside.add(new Op.Dense(places, squeeze(mask), squeeze(value), entries));
                    }
                }
                case Op.Flip(int q, long mask, long value) -> {
                    if ((outer & there) == (value & there)) {
                        inside.add(new Op.Flip(place(q), squeeze(mask), squeeze(value)));
                    }
                }
                case Op.Swap(int a, int b, long mask, long value) -> {
                    if ((outer & there) == (value & there)) {
                        inside.add(new Op.Swap(place(a), place(b), squeeze(mask), squeeze(value)));
                    }
                }
            }
        }
        return inside;
    }

    private int place(int qubit) {
        return Long.bitCount(local & ((1L << qubit) - 1));
    }

    private long squeeze(long mask) {
        return Long.compress(mask, local);
    }
}
