package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Variable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The shortest round trip through all cities. An answer is the cities in their order.
 *
 * <p>City 0 comes first, so the model has (n-1)^2 binary variables: number {@code (city - 1) (n -
 * 1) + position - 1} is 1 if a city is at a position, both from 1. A city or position that has not
 * exactly one of the other costs a penalty (times the square of how many are missing or too many).
 * Taking away what is too much never costs anything; putting a missing city to a free position then
 * saves two penalties, and costs at most its longest way in and its longest way out. So half of
 * that for the remotest city, and a 64th for strictness, is enough.
 */
public final class TravellingSalesman implements Problem<int[]> {
    private final double[][] distance;

    /**
     * An instance.
     *
     * @param distance from one city to another, not negative, symmetric or not
     */
    public TravellingSalesman(double[][] distance) {
        int n = distance.length;
        if (n == 0) {
            throw new IllegalArgumentException("there should be a city");
        }
        this.distance = Arrays.stream(distance).map(double[]::clone).toArray(double[][]::new);
        for (int i = 0; i < n; i++) {
            if (distance[i].length != n) {
                throw new IllegalArgumentException(
                        "row %d has %d entries, not %d".formatted(i, distance[i].length, n));
            }
            for (int j = 0; j < n; j++) {
                if (i != j && !(distance[i][j] >= 0 && distance[i][j] < Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "the distance from %d to %d cannot be %s"
                                    .formatted(i, j, distance[i][j]));
                }
            }
        }
    }

    /**
     * Reads an instance of TSPLIB of the types TSP and ATSP: coordinates with the distances EUC_2D,
     * CEIL_2D, MAN_2D, MAX_2D, GEO and ATT, or matrices (EXPLICIT) in all forms, whole, upper or
     * lower, by rows or columns, with or without diagonal. At most 3000 cities.
     *
     * @throws org.jaket.annealing.file.ModelFileException if it is none
     */
    public static TravellingSalesman read(Path file) throws IOException {
        return InstanceText.read(file, TravellingSalesman::read);
    }

    /**
     * Reads an instance from a stream, which is not closed.
     *
     * @param source what errors call it
     */
    public static TravellingSalesman read(InputStream in, String source) throws IOException {
        return new TravellingSalesman(new TsplibText(in, source).distances());
    }

    /** How many cities there are. */
    public int cities() {
        return distance.length;
    }

    /** The way from one city to another. */
    public double distance(int from, int to) {
        return distance[from][to];
    }

    @Override
    public BinaryQuadraticModel model() {
        int n = cities();
        int m = n - 1;
        Squares.limit(2L * m * m * m, "the round trip");
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        double penalty = penalty();
        Squares city = new Squares();
        Squares position = new Squares();
        for (int i = 0; i < m; i++) {
            for (int t = 0; t < m; t++) {
                city.add(i * m + t, 1);
                position.add(t * m + i, 1);
            }
            city.addTo(builder, -1, penalty);
            position.addTo(builder, -1, penalty);
            builder.addLinear(i * m, distance[0][i + 1]);
            builder.addLinear(i * m + m - 1, distance[i + 1][0]);
            for (int j = 0; j < m; j++) {
                for (int t = 0; t + 1 < m && i != j; t++) {
                    builder.addQuadratic(i * m + t, j * m + t + 1, distance[i + 1][j + 1]);
                }
            }
        }
        return builder.build();
    }

    /**
     * The round trip without penalties, with the variables of {@link #model} in their order, so
     * that {@link #decode} reads the states: each city (label {@code "city 1"} and so on) has one
     * position, each position (label {@code "position 1"}) one city.
     *
     * @throws IllegalArgumentException if there is only one city
     */
    public ConstrainedModel constrainedModel() {
        int m = cities() - 1;
        if (m < 1) {
            throw new IllegalArgumentException("a round trip of one city leaves nothing to decide");
        }
        Squares.limit(2L * m * m * m, "the round trip");
        List<Variable> at = Variable.binaries(m * m);
        var builder = ConstrainedModel.builder();
        at.forEach(builder::variable);
        List<Expression> ways = new ArrayList<>();
        for (int i = 0; i < m; i++) {
            ways.add(at.get(i * m).times(distance[0][i + 1]));
            ways.add(at.get(i * m + m - 1).times(distance[i + 1][0]));
            for (int j = 0; j < m; j++) {
                for (int t = 0; t + 1 < m && i != j; t++) {
                    ways.add(
                            at.get(i * m + t)
                                    .times(at.get(j * m + t + 1))
                                    .times(distance[i + 1][j + 1]));
                }
            }
        }
        builder.minimize(Expression.sum(ways));
        for (int k = 0; k < m; k++) {
            List<Variable> position = new ArrayList<>();
            for (int i = 0; i < m; i++) {
                position.add(at.get(i * m + k));
            }
            builder.oneHot("city " + (k + 1), at.subList(k * m, (k + 1) * m));
            builder.subjectTo("position " + (k + 1), Expression.sum(position).equalTo(1));
        }
        return builder.build();
    }

    private double penalty() {
        double most = 0;
        for (int i = 1; i < cities(); i++) {
            double in = 0;
            double out = 0;
            for (int j = 0; j < cities(); j++) {
                in = Math.max(in, i == j ? 0 : distance[j][i]);
                out = Math.max(out, i == j ? 0 : distance[i][j]);
            }
            most = Math.max(most, in + out);
        }
        return most == 0 ? 1 : most / 2 * (1 + 1.0 / 64);
    }

    @Override
    public Optional<int[]> decode(byte[] state) {
        int m = cities() - 1;
        Answers.length(state, m * m);
        return Answers.oneHot(state, 0, m, m)
                .filter(positions -> Answers.permutation(positions, m, "position").isEmpty())
                .map(
                        positions -> {
                            int[] tour = new int[m + 1];
                            for (int i = 0; i < m; i++) {
                                tour[positions[i] + 1] = i + 1;
                            }
                            return tour;
                        });
    }

    /** The state of a tour, which is turned so that city 0 comes first. */
    @Override
    public byte[] encode(int[] tour) {
        Answers.require(this, tour);
        int m = cities() - 1;
        int first = 0;
        while (tour[first] != 0) {
            first++;
        }
        byte[] state = new byte[m * m];
        for (int t = 0; t < m; t++) {
            int city = tour[(first + 1 + t) % (m + 1)];
            state[(city - 1) * m + t] = 1;
        }
        return state;
    }

    @Override
    public Optional<String> violation(int[] tour) {
        return Answers.permutation(tour, cities(), "city");
    }

    /** The length of the round trip. */
    @Override
    public double value(int[] tour) {
        Answers.require(this, tour);
        double sum = 0;
        for (int t = 0; t < tour.length; t++) {
            int next = tour[(t + 1) % tour.length];
            sum += tour.length == 1 ? 0 : distance[tour[t]][next];
        }
        return sum;
    }

    @Override
    public boolean isMaximum() {
        return false;
    }
}
