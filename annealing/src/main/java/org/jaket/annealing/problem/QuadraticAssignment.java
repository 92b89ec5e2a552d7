package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Facilities to places one to one, so that the sum of flow times distance is small. An answer is
 * the place of each facility.
 *
 * <p>The model has a binary variable for each facility and place, number {@code facility n +
 * place}. A facility that has not exactly one place, and a place that has not exactly one facility,
 * costs a penalty each (times the square of how many are missing or too many). Taking away what is
 * too much never costs anything; putting an unplaced facility to a free place then saves two
 * penalties, and costs at most what the facility's flows cost over the longest distances. So half
 * of that, and a 64th for strictness, is enough.
 */
public final class QuadraticAssignment implements Problem<int[]> {
    /** The largest instance that is read. */
    public static final int MAX_SIZE = 2000;

    private final double[][] flow;
    private final double[][] distance;

    /**
     * An instance.
     *
     * @param flow between facilities, not negative
     * @param distance between places, not negative
     */
    public QuadraticAssignment(double[][] flow, double[][] distance) {
        this.flow = checked(flow, flow.length);
        this.distance = checked(distance, flow.length);
    }

    private static double[][] checked(double[][] matrix, int n) {
        double[][] copy = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        if (copy.length != n) {
            throw new IllegalArgumentException(
                    "the matrices have %d and %d rows".formatted(n, copy.length));
        }
        for (double[] row : copy) {
            if (row.length != n) {
                throw new IllegalArgumentException(
                        "a row has %d entries, not %d".formatted(row.length, n));
            }
            for (double entry : row) {
                if (!(entry >= 0 && entry < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "flows and distances are finite and not negative, not " + entry);
                }
            }
        }
        return copy;
    }

    /**
     * Reads an instance of QAPLIB: the size, then two matrices.
     *
     * @throws org.jaket.annealing.file.ModelFileException if it is none
     */
    public static QuadraticAssignment read(Path file) throws IOException {
        return InstanceText.read(file, QuadraticAssignment::read);
    }

    /**
     * Reads an instance from a stream, which is not closed.
     *
     * @param source what errors call it
     */
    public static QuadraticAssignment read(InputStream in, String source) throws IOException {
        InstanceText text = new InstanceText(in, source);
        int n = text.integer("the size", 1, MAX_SIZE);
        double[][] first = matrix(text, n, "an entry of the first matrix");
        double[][] second = matrix(text, n, "an entry of the second matrix");
        text.end();
        return new QuadraticAssignment(first, second);
    }

    private static double[][] matrix(InstanceText text, int n, String what) throws IOException {
        double[][] matrix = new double[n][n];
        for (double[] row : matrix) {
            for (int j = 0; j < n; j++) {
                row[j] = text.number(what);
                if (row[j] < 0) {
                    throw text.error(what + " cannot be negative");
                }
            }
        }
        return matrix;
    }

    /** How many facilities, and places, there are. */
    public int size() {
        return flow.length;
    }

    @Override
    public BinaryQuadraticModel model() {
        int n = size();
        Squares.limit((long) n * n * n * n / 2, "the assignment");
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                builder.addLinear(i * n + k, flow[i][i] * distance[k][k]);
            }
            for (int j = 0; j < i; j++) {
                couple(builder, i, j);
            }
        }
        double penalty = penalty();
        Squares row = new Squares();
        Squares column = new Squares();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                row.add(i * n + k, 1);
                column.add(k * n + i, 1);
            }
            row.addTo(builder, -1, penalty);
            column.addTo(builder, -1, penalty);
        }
        return builder.build();
    }

    private void couple(BinaryQuadraticModel.Builder builder, int i, int j) {
        int n = size();
        if (flow[i][j] == 0 && flow[j][i] == 0) {
            return;
        }
        for (int k = 0; k < n; k++) {
            for (int l = 0; l < n; l++) {
                double cost = flow[i][j] * distance[k][l] + flow[j][i] * distance[l][k];
                if (cost != 0 && k != l) {
                    builder.addQuadratic(i * n + k, j * n + l, cost);
                }
            }
        }
    }

    private double penalty() {
        int n = size();
        double most = 0;
        double[] longest = new double[n];
        double[] longestBack = new double[n];
        for (int k = 0; k < n; k++) {
            for (int l = 0; l < n; l++) {
                if (k != l) {
                    longest[k] = Math.max(longest[k], distance[k][l]);
                    longestBack[k] = Math.max(longestBack[k], distance[l][k]);
                }
            }
        }
        for (int i = 0; i < n; i++) {
            double out = 0;
            double back = 0;
            for (int j = 0; j < n; j++) {
                out += j == i ? 0 : flow[i][j];
                back += j == i ? 0 : flow[j][i];
            }
            for (int k = 0; k < n; k++) {
                most =
                        Math.max(
                                most,
                                flow[i][i] * distance[k][k]
                                        + out * longest[k]
                                        + back * longestBack[k]);
            }
        }
        return most == 0 ? 1 : most / 2 * (1 + 1.0 / 64);
    }

    @Override
    public Optional<int[]> decode(byte[] state) {
        Answers.length(state, size() * size());
        return Answers.oneHot(state, 0, size(), size()).filter(this::isFeasible);
    }

    @Override
    public byte[] encode(int[] places) {
        Answers.require(this, places);
        byte[] state = new byte[size() * size()];
        for (int i = 0; i < places.length; i++) {
            state[i * size() + places[i]] = 1;
        }
        return state;
    }

    @Override
    public Optional<String> violation(int[] places) {
        return Answers.permutation(places, size(), "place");
    }

    /** The sum of {@code flow[i][j] distance[p(i)][p(j)]}. */
    @Override
    public double value(int[] places) {
        Answers.require(this, places);
        double sum = 0;
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < places.length; j++) {
                sum += flow[i][j] * distance[places[i]][places[j]];
            }
        }
        return sum;
    }

    @Override
    public boolean isMaximum() {
        return false;
    }
}
