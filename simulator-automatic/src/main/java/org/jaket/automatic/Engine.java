package org.jaket.automatic;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.Estimate;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.mps.MpsSimulator;
import org.jaket.stabilizer.CompiledNearClifford;
import org.jaket.stabilizer.StabilizerSimulator;
import org.jaket.statevector.CompiledCircuit;
import org.jaket.statevector.DensityMatrixSimulator;
import org.jaket.statevector.StateVectorSimulator;
import org.jaket.statevector.sparse.SparseSimulator;

/** One circuit on one engine. Each call may find that the engine is not for it after all. */
sealed interface Engine {
    Shots shots(RunOptions options);

    default Distribution probabilities(int threads, Progress progress) {
        throw new UnsupportedCircuitException("This engine gives no exact probabilities.");
    }

    default Estimate expectation(PauliSum observable) {
        throw new UnsupportedCircuitException("This engine gives no expectation values.");
    }

    /** Tableaux give shots only. */
    record Stabilizer(Circuit circuit) implements Engine {
        @Override
        public Shots shots(RunOptions options) {
            return new StabilizerSimulator().run(circuit, options);
        }
    }

    /** Near-Clifford circuits, for shots and distributions. */
    record NearClifford(CompiledNearClifford compiled) implements Engine {
        @Override
        public Shots shots(RunOptions options) {
            return compiled.run(options);
        }

        @Override
        public Distribution probabilities(int threads, Progress progress) {
            return compiled.probabilities(progress);
        }
    }

    /** All amplitudes. */
    record StateVector(StateVectorSimulator simulator, Circuit circuit, CompiledCircuit compiled)
            implements Engine {
        @Override
        public Shots shots(RunOptions options) {
            return compiled.run(options);
        }

        @Override
        public Distribution probabilities(int threads, Progress progress) {
            return compiled.probabilities(threads, progress);
        }

        @Override
        public Estimate expectation(PauliSum observable) {
            return simulator.expect(circuit, observable);
        }
    }

    /** Amplitudes that are not zero. */
    record Sparse(SparseSimulator simulator, Circuit circuit) implements Engine {
        @Override
        public Shots shots(RunOptions options) {
            return simulator.run(circuit, options);
        }

        @Override
        public Distribution probabilities(int threads, Progress progress) {
            return simulator.probabilities(circuit, progress);
        }

        @Override
        public Estimate expectation(PauliSum observable) {
            return simulator.expect(circuit, observable);
        }
    }

    /** Matrix product states that lose nothing but rounding. */
    record Chain(MpsSimulator simulator, Circuit circuit) implements Engine {
        @Override
        public Shots shots(RunOptions options) {
            return simulator.run(circuit, options);
        }

        @Override
        public Distribution probabilities(int threads, Progress progress) {
            return simulator.probabilities(circuit, progress);
        }

        @Override
        public Estimate expectation(PauliSum observable) {
            return simulator.expect(circuit, observable);
        }
    }

    /** Density matrices. */
    record Density(DensityMatrixSimulator simulator, Circuit circuit) implements Engine {
        @Override
        public Shots shots(RunOptions options) {
            return simulator.run(circuit, options);
        }

        @Override
        public Distribution probabilities(int threads, Progress progress) {
            return simulator.probabilities(circuit, threads, progress);
        }

        @Override
        public Estimate expectation(PauliSum observable) {
            return simulator.expect(circuit, observable);
        }
    }
}
