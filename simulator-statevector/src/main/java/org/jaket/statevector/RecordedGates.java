package org.jaket.statevector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gates that are kept as they are, to be compiled later, maybe several times. */
final class RecordedGates implements GateSink {
    private final List<Consumer<GateSink>> gates = new ArrayList<>();

    int size() {
        return gates.size();
    }

    /** Hands the gates to another sink, in order. */
    void replay(GateSink to) {
        for (Consumer<GateSink> gate : gates) {
            gate.accept(to);
        }
    }

    @Override
    public void phase(long mask, long value, double angle) {
        gates.add(to -> to.phase(mask, value, angle));
    }

    @Override
    public void one(int qubit, double[] m) {
        gates.add(to -> to.one(qubit, m));
    }

    @Override
    public void flip(int qubit) {
        gates.add(to -> to.flip(qubit));
    }

    @Override
    public void flip(int qubit, long mask, long value) {
        gates.add(to -> to.flip(qubit, mask, value));
    }

    @Override
    public void swap(int a, int b) {
        gates.add(to -> to.swap(a, b));
    }

    @Override
    public void swap(int a, int b, long mask, long value) {
        gates.add(to -> to.swap(a, b, mask, value));
    }

    @Override
    public void controlled(int qubit, long mask, long value, double[] matrix) {
        gates.add(to -> to.controlled(qubit, mask, value, matrix));
    }

    @Override
    public void dense(int[] qubits, long mask, long value, double[] matrix) {
        gates.add(to -> to.dense(qubits, mask, value, matrix));
    }
}
