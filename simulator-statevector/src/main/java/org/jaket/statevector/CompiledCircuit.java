package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;

import java.io.IOException;

/**
 * A circuit compiled once by {@link StateVectorSimulator#compile}, to be run any number of times.
 * Immutable and safe for any number of threads.
 */
public final class CompiledCircuit {
    private final StateVectorSimulator simulator;
    private final Program program;

    CompiledCircuit(StateVectorSimulator simulator, Program program) {
        this.simulator = simulator;
        this.program = program;
    }

    /** The circuit that was compiled. */
    public Circuit circuit() {
        return program.circuit();
    }

    /** Runs it; see {@link StateVectorSimulator#run(Circuit, RunOptions)}. */
    public Shots run(RunOptions options) {
        return simulator.run(program, options, (StateVector) null);
    }

    /**
     * Runs it, going on from where an earlier process with the same options was interrupted. The
     * results are those of {@link #run(RunOptions)}.
     *
     * @throws IOException if the checkpoint cannot be used: damaged, of another run, in a place
     *     that cannot be written
     */
    public Shots run(RunOptions options, Checkpoint checkpoint) throws IOException {
        return simulator.run(program, options, checkpoint);
    }

    /**
     * Runs it and shows its state on the way, at each TICK and barrier; what stands before one is
     * done there, what stands after it is not. All shots whose history is the same are shown
     * together, group after group, so that for every place they pass each shot is shown once.
     *
     * <pre>{@code
     * Circuit circuit = Circuit.of(2, c -> c.h(0).tick().cx(0, 1).tick().measureAll());
     * simulator.compile(circuit).snapshots(RunOptions.shots(1), (place, state, shots) ->
     *         IO.println(place + ": " + state.probability(3)));
     * }</pre>
     *
     * @return the results. They have the same distribution as those of {@link #run(RunOptions)},
     *     but shots differ where a place stands between measurements that are otherwise made in one
     */
    public Shots snapshots(RunOptions options, SnapshotListener listener) {
        return simulator.snapshots(circuit(), options, listener);
    }

    /** The exact distribution of its results; see {@link StateVectorSimulator#probabilities}. */
    public Distribution probabilities(int threads, Progress progress) {
        return simulator.probabilities(program, threads, progress);
    }

    /** The state it prepares; see {@link StateVectorSimulator#state(Circuit)}. */
    public StateVector state(int threads, Progress progress) {
        return simulator.state(program, threads, progress);
    }

    /**
     * The state it prepares, going on from where an earlier process was interrupted.
     *
     * @throws IOException if the checkpoint cannot be used: damaged, of another run, in a place
     *     that cannot be written
     */
    public StateVector state(int threads, Progress progress, Checkpoint checkpoint)
            throws IOException {
        return simulator.state(program, threads, progress, checkpoint);
    }

    /** What a run will do: passes over memory, blocks, bytes. */
    public ProgramPlan plan() {
        return simulator.plan(program);
    }

    /**
     * The seconds that the gates of one run will take on this machine, found out by rehearsing a
     * part of each pass; takes one to eight seconds and some 100 MB. Branches count as taken, open
     * loops as turned once; measurements are not in it, and of noise only what usually happens.
     *
     * @param threads how many threads will work
     */
    public double rehearse(int threads) {
        return simulator.rehearse(program, threads);
    }
}
