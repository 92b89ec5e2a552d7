package org.jaket.stabilizer.feedforward;

import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.results.RecordLayout;

import java.util.List;

/**
 * A circuit in stages, lowered.
 *
 * @param steps of each stage
 * @param sweepBits of each stage
 * @param qubits of all stages
 * @param reference noiseless results of all stages, sweep bits being zero
 * @param records the measurement record of a shot
 * @param events the detectors and observables of a shot
 */
record StagedCircuit(
        List<List<Step>> steps,
        List<Integer> sweepBits,
        int qubits,
        long[] reference,
        RecordLayout records,
        RecordLayout events) {}
