package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Progress and cancellation of runs that take long. */
class LongRunsTest {
    /** 20 qubits are 32 tiles: a run is told about and ended inside a pass, not between passes. */
    private static final Circuit CIRCUIT =
            Circuit.of(
                    20,
                    c -> {
                        for (int q = 0; q < 20; q++) {
                            c.ry(0.1 + q, q);
                        }
                        for (int q = 0; q < 20; q++) {
                            c.cx(q, (q + 7) % 20);
                        }
                    });

    private static final class Listener implements Progress {
        final List<Long> reports = new ArrayList<>();
        final long cancelAt;
        long total;

        Listener(long cancelAt) {
            this.cancelAt = cancelAt;
        }

        @Override
        public synchronized void report(long done, long total) {
            this.total = total;
            reports.add(done);
        }

        @Override
        public synchronized boolean isCancelled() {
            return reports.size() >= cancelAt;
        }
    }

    @Test
    void statesTellHowFarTheyAreInsideAPass() {
        Listener listener = new Listener(Long.MAX_VALUE);
        StateVectorSimulator.create().state(CIRCUIT, 1, listener).close();
        long passes = listener.total / 100;
        assertThat(listener.reports).isSorted().hasSizeGreaterThan((int) (2 * passes));
        assertThat(listener.reports.getLast()).isEqualTo(listener.total);
    }

    @Test
    void cancellingEndsInsideAPass() {
        Listener listener = new Listener(3);
        assertThatThrownBy(() -> StateVectorSimulator.create().state(CIRCUIT, 1, listener))
                .isInstanceOf(CancellationException.class);
        assertThat(listener.reports).hasSize(3);
        assertThat(listener.reports.getLast()).isLessThan(100);
    }

    /** Shots of one state: the work is its gates, counted in shots. */
    @Test
    void shotsTellHowFarTheirStateIs() {
        Listener listener = new Listener(Long.MAX_VALUE);
        Circuit measured = Circuit.of(20, c -> c.ry(1, 3).cx(3, 19).h(0).measureAll());
        StateVectorSimulator.create()
                .run(measured, RunOptions.shots(1000).seed(1).threads(1).progress(listener));
        assertThat(listener.total).isEqualTo(1000);
        assertThat(listener.reports).isSorted().anyMatch(done -> done > 100 && done < 900);
        assertThat(listener.reports.getLast()).isEqualTo(1000);
    }
}
