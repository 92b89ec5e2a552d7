package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redfx.strange.Complex;
import org.redfx.strange.Gate;
import org.redfx.strange.Program;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Cnot;
import org.redfx.strange.gate.Cz;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.gate.R;
import org.redfx.strange.gate.RotationX;
import org.redfx.strange.gate.RotationY;
import org.redfx.strange.gate.Swap;
import org.redfx.strange.gate.X;
import org.redfx.strange.gate.Y;
import org.redfx.strange.gate.Z;
import org.redfx.strange.local.SimpleQuantumExecutionEnvironment;

import java.util.Random;

/**
 * Random circuits against the simulator of Strange 0.1.3, which shares no line with this one. It
 * computes in single precision (hence 1e-5) and is right for one gate a step on up to ten qubits;
 * its RotationZ and its Toffoli are not, so they take no part.
 */
class StrangeOracleTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void amplitudesAreStranges(long seed) {
        var random = new Random(seed);
        int n = 1 + (int) seed % 6;
        var program = new Program(n);
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            for (int k = 0; k < 30; k++) {
                                int a = random.nextInt(n);
                                int b = n == 1 ? a : (a + 1 + random.nextInt(n - 1)) % n;
                                double angle = random.nextDouble(-3, 3);
                                int kind = random.nextInt(n == 1 ? 7 : 10);
                                Gate gate =
                                        switch (kind) {
                                            case 0 -> new Hadamard(a);
                                            case 1 -> new X(a);
                                            case 2 -> new Y(a);
                                            case 3 -> new Z(a);
                                            case 4 -> new RotationX(angle, a);
                                            case 5 -> new RotationY(angle, a);
                                            case 6 -> new R(angle, a);
                                            case 7 -> new Cnot(a, b);
                                            case 8 -> new Cz(a, b);
                                            default -> new Swap(a, b);
                                        };
                                program.addStep(new Step(gate));
                                switch (kind) {
                                    case 0 -> c.h(a);
                                    case 1 -> c.x(a);
                                    case 2 -> c.y(a);
                                    case 3 -> c.z(a);
                                    case 4 -> c.rx(angle, a);
                                    case 5 -> c.ry(angle, a);
                                    case 6 -> c.p(angle, a);
                                    case 7 -> c.cx(a, b);
                                    case 8 -> c.cz(a, b);
                                    default -> c.swap(a, b);
                                }
                            }
                        });
        Complex[] expected =
                new SimpleQuantumExecutionEnvironment().runProgram(program).getProbability();
        try (StateVector state = StateVectorSimulator.create().state(circuit)) {
            for (int k = 0; k < 1 << n; k++) {
                assertThat(state.re(k)).isCloseTo(expected[k].r, within(1e-5));
                assertThat(state.im(k)).isCloseTo(expected[k].i, within(1e-5));
            }
        }
    }
}
