package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.RunOptions;
import org.jaket.execution.VectorKernels;
import org.junit.jupiter.api.Test;

/** Runs in a JVM without the incubator module, as most users' programs do. */
class PlainKernelsWithoutVectorApiTest {

    @Test
    void theEngineWorksWithoutTheVectorApi() {
        assertThat(VectorKernels.arePresent()).isFalse();
        Circuit ghz = Circuit.of(12, c -> c.h(0).cx(0, 6).cx(6, 11).measureAll());
        for (Precision precision : Precision.values()) {
            StateVectorSimulator engine = StateVectorSimulator.of(precision);
            assertThat(engine.run(ghz, RunOptions.shots(500).seed(1)).counts().counts())
                    .containsOnlyKeys("000000000000", "100001000001");
            assertThat(engine.probabilities(ghz).get("000000000000")).isCloseTo(0.5, within(1e-6));
            Circuit tilted = Circuit.of(2, c -> c.ry(Parameter.of("t"), 0).cx(0, 1));
            assertThat(engine.compile(tilted, PauliSum.of("IZ")).value(0.3))
                    .isCloseTo(Math.cos(0.3), within(1e-6));
        }
    }
}
