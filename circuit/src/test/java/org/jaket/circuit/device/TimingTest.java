package org.jaket.circuit.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Delay;
import org.jaket.circuit.Operation;
import org.jaket.circuit.noise.ReadoutError;
import org.junit.jupiter.api.Test;

import java.util.List;

class TimingTest {
    private static final QubitProperties QUBIT =
            new QubitProperties(100, 80, Double.NaN, ReadoutError.NONE, 10);

    /** SX takes 1 s, CX 5 s, a reset 20 s, a readout 10 s. */
    private static final Device DEVICE =
            new Device(
                    "slow",
                    List.of("sx", "cx", "rz"),
                    List.of(new Device.Edge(0, 1), new Device.Edge(1, 2)),
                    List.of(QUBIT, QUBIT, QUBIT),
                    List.of(
                            new GateProperties("sx", List.of(0), 0, 1),
                            new GateProperties("sx", List.of(1), 0, 1),
                            new GateProperties("cx", List.of(0, 1), 0, 5),
                            new GateProperties("cx", List.of(1, 2), 0, 5),
                            new GateProperties("rz", List.of(0), 0, 0),
                            new GateProperties("reset", List.of(0), Double.NaN, 20)));

    private static List<String> timed(Circuit circuit) {
        return Timing.withDelays(circuit, DEVICE).operations().stream()
                .map(Operation::describe)
                .toList();
    }

    @Test
    void aQubitWaitsForItsPartner() {
        Circuit circuit = Circuit.of(3, c -> c.sx(0).sx(0).sx(1).cx(0, 1).cx(1, 2).cx(0, 1));
        assertThat(timed(circuit))
                .containsExactly(
                        "SQRT_X 0 0 1",
                        "delay[1.0 s] 1",
                        "CX 0 1 1 2",
                        // Qubit 0 is free at 7, qubit 1 at 12.
                        "delay[5.0 s] 0",
                        "CX 0 1");
    }

    @Test
    void nobodyWaitsBeforeTheFirstAndAfterTheLastOperation() {
        Circuit circuit = Circuit.of(3, c -> c.sx(0).sx(0).cx(0, 1).rz(1, 0));
        assertThat(timed(circuit)).containsExactly("SQRT_X 0 0", "CX 0 1", "RZ(1.0) 0");
    }

    @Test
    void readoutsResetsDelaysAndBarriersTakeTheirTime() {
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> {
                            var r = c.register("r", 1);
                            c.sx(1).measure(0, r.bit(0)).barrier(0, 1).reset(0).delay(4, 1);
                            c.cx(0, 1);
                        });
        List<Double> delays =
                Timing.withDelays(circuit, DEVICE).operations().stream()
                        .filter(o -> o instanceof Delay)
                        .map(o -> ((Delay) o).seconds())
                        .toList();
        // 1 waits 9 s for the readout at the barrier, its own 4 s, then 16 s for the reset.
        assertThat(delays).containsExactly(9.0, 4.0, 16.0);
    }

    @Test
    void loopsBeginInStep() {
        Circuit circuit = Circuit.of(2, c -> c.sx(0, 1).sx(0).repeat(3, b -> b.cx(0, 1)));
        assertThat(timed(circuit).get(1)).isEqualTo("delay[1.0 s] 1");
        assertThat(Timing.withDelays(circuit, DEVICE).operations().get(2))
                .isEqualTo(circuit.operations().get(1));
    }

    @Test
    void gatesThatTheDeviceDoesNotHaveAreNamed() {
        Circuit circuit = Circuit.of(3, c -> c.h(0).sx(0).sx(2).cx(0, 1).cx(1, 0).h(0));
        assertThat(DeviceNoise.gatesWithout(DEVICE, circuit))
                .containsExactly("H on 0", "SQRT_X on 2", "CX on 1 0");
    }
}
