package org.jaket.statevector;

/** Where the runs of a program begin: a state, and a place in the program. */
@FunctionalInterface
interface Origin {
    /** Fills a state; returns a run that stands there, which is the caller's. */
    Run begin(Amplitudes state, Runner runner);

    /** The first instruction and all qubits in zero. */
    static Origin zero(Program program) {
        return (state, runner) -> {
            state.setBasis(0, runner);
            return new Run(program);
        };
    }

    /** A run and a state that are copied. */
    static Origin of(Run run, Amplitudes from) {
        return (state, runner) -> {
            state.copyFrom(from, runner);
            return run.copy();
        };
    }

    /** The state as it is; for one run only. */
    static Origin here(Run run) {
        return (state, runner) -> run;
    }
}
