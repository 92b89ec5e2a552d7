package org.jaket.stabilizer.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.ShotSampler;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Random;

/** Pauli channels drawn as random walks have the probabilities that were asked for. */
class PauliChannelsTest {

    /** Flip bits of Pauli 0 to 3 in the order I, X, Y, Z: an X error flips Z results. */
    private static final int[] BITS = {0, 1, 3, 2};

    private static int code(int i, boolean two) {
        return two ? BITS[i >> 2] | BITS[i & 3] << 2 : BITS[i];
    }

    /** The law after a Poisson number of steps, summed term by term. */
    private static double[] law(Channel walk, int size) {
        double[] step = new double[size];
        for (int place = 0; place < size; place++) {
            double keep = walk.cumulative()[place];
            step[place] += keep / size;
            step[walk.codes()[place]] += (1 - keep) / size;
        }
        double[] power = new double[size];
        power[0] = 1;
        double[] sum = new double[size];
        double weight = Math.exp(-walk.mean());
        for (int k = 0; k < 60; k++) {
            double[] next = new double[size];
            for (int a = 0; a < size; a++) {
                sum[a] += weight * power[a];
                for (int b = 0; b < size; b++) {
                    next[a ^ b] += power[a] * step[b];
                }
            }
            power = next;
            weight *= walk.mean() / (k + 1);
        }
        return sum;
    }

    @Test
    void theWalkHasTheLawOfTheChannel() {
        Random random = new Random(5);
        int walks = 0;
        for (int round = 0; round < 400; round++) {
            boolean two = round % 2 == 0;
            int size = two ? 16 : 4;
            double[] p = new double[size - 1];
            double scale = Math.pow(10, -4 * random.nextDouble());
            for (int i = 0; i < p.length; i++) {
                p[i] = scale / size * (0.5 + random.nextDouble());
            }
            Channel channel = Channel.paulis(two ? Channel.Kind.PAULI2 : Channel.Kind.PAULI1, p);
            if (channel.method() != Channel.Method.SCATTER) {
                continue;
            }
            walks++;
            double[] law = law(channel, size);
            for (int i = 1; i < size; i++) {
                assertThat(law[code(i, two)]).isCloseTo(p[i - 1], within(1e-14));
            }
        }
        assertThat(walks).isGreaterThan(250);
    }

    /** X and Y errors both, but never Z: two of them would make a Z. */
    @Test
    void channelsThatAreNoWalksAreListed() {
        Channel channel = Channel.paulis(Channel.Kind.PAULI1, new double[] {0.1, 0.1, 0});
        assertThat(channel.method()).isEqualTo(Channel.Method.LIST);
        assertThat(Channel.paulis(Channel.Kind.PAULI1, new double[] {0.1, 0, 0}).method())
                .isEqualTo(Channel.Method.SCATTER);
    }

    /** All sixteen errors of a pair, told apart by Bell measurements; within five deviations. */
    @Test
    void sampledErrorsHaveTheProbabilitiesOfTheChannel() throws IOException {
        StringBuilder stim = new StringBuilder("H 0 2\nCX 0 1 2 3\nPAULI_CHANNEL_2(");
        double[] p = new double[15];
        for (int i = 0; i < 15; i++) {
            p[i] = 0.002 + 0.0005 * i;
            stim.append(i == 0 ? "" : ",").append(p[i]);
        }
        stim.append(") 0 2\nCX 0 1 2 3\nH 0 2\nM 1 0 3 2\n");
        long shots = 1 << 21;
        long[] counts = new long[16];
        ShotSampler.measurements(
                        Circuit.stim(stim.toString()),
                        ShotSampler.Reference.FOLDED,
                        ShotSampler.Method.FRAMES,
                        Progress.NONE)
                .sample(
                        RunOptions.shots(shots).seed(9),
                        batch -> {
                            for (int shot = 0; shot < batch.shots(); shot++) {
                                int index = 0;
                                for (int bit = 0; bit < 4; bit++) {
                                    index |= batch.get(shot, bit) ? 1 << bit : 0;
                                }
                                counts[index]++;
                            }
                        });
        for (int i = 1; i < 16; i++) {
            double expected = p[i - 1] * shots;
            assertThat((double) counts[code(i, true)])
                    .isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }
}
