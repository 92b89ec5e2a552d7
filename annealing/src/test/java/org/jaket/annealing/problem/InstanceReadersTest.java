package org.jaket.annealing.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.file.ModelFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Random;

/** Each reader by a small file of ours, and by wrong ones. */
class InstanceReadersTest {
    private static <T> T read(InstanceText.Reader<T> reader, String text) throws IOException {
        return reader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "f");
    }

    @Test
    void graphsAreDimacsOrMatrices() throws IOException {
        Graph dimacs = read(Graph::read, "c path\np edge 4 3\ne 1 2\ne 3 2\ne 1 2\n");
        Graph matrix = read(Graph::read, "0 1 0 0\n1 0 1 0\n0 1 0 0\n0 0 0 0\n");
        for (Graph graph : new Graph[] {dimacs, matrix}) {
            assertThat(graph).hasToString("4 nodes, 2 edges");
            assertThat(graph.hasEdge(0, 1)).isTrue();
            assertThat(graph.hasEdge(2, 1)).isTrue();
            assertThat(graph.hasEdge(0, 2)).isFalse();
            assertThat(graph.degree(1)).isEqualTo(2);
            assertThat(graph.neighbour(1, 0)).isZero();
            assertThat(graph.degree(3)).isZero();
        }
    }

    @Property(seed = "1", tries = 100)
    void randomGraphsHaveExactlySoManyEdges(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
        double density = new Random(seed).nextDouble() * (n - 1) / n;
        Graph graph = Graph.random(n, density, seed);
        assertThat(graph.edges()).isEqualTo((int) Math.floor(0.5 * density * n * n));
        assertThat(Graph.random(n, (n - 1.0) / n, seed).edges())
                .isLessThanOrEqualTo(n * (n - 1) / 2);
    }

    /**
     * Each of the 6 edges of 4 nodes is in half of the graphs of 3 edges: of 6000 graphs in 3000 on
     * average, with a standard deviation of 39.
     */
    @Test
    void randomGraphsAreUniform() {
        int[][] count = new int[4][4];
        for (int seed = 0; seed < 6000; seed++) {
            Graph.random(4, 0.375, seed).forEachEdge((i, j) -> count[i][j]++);
        }
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                assertThat(count[i][j]).isBetween(3000 - 195, 3000 + 195);
            }
        }
    }

    @Test
    void cutsKnapsacksAssignmentsBinsAndFormulasAreRead() throws IOException {
        var cut = read(MaximumCut::read, "3 2\n1 2 5\n2 3 -1\n");
        assertThat(cut.value(BitSet.valueOf(new long[] {0b010}))).isEqualTo(4);

        var knapsack =
                read(MultidimensionalKnapsack::read, "3 2 0\n 5 6\n7\n1 2 3\n 3 2 1 \n4 5\n");
        assertThat(knapsack.knownOptimum()).isEmpty();
        // Items 0 and 2 weigh 4 of 4 and 4 of 5.
        assertThat(knapsack.value(BitSet.valueOf(new long[] {0b101}))).isEqualTo(12);
        assertThat(knapsack.violation(BitSet.valueOf(new long[] {0b110})))
                .contains("constraint 0 has a weight of 5, and a capacity of 4");

        var assignment = read(QuadraticAssignment::read, "2\n0 1 3 0\n\n0 5\n7 0\n");
        assertThat(assignment.value(new int[] {0, 1})).isEqualTo(1 * 5 + 3 * 7);
        assertThat(assignment.value(new int[] {1, 0})).isEqualTo(1 * 7 + 3 * 5);

        var bins = read(BinPacking::read, "4\n10\n6\n6\n4\n4\n");
        assertThat(bins.bins()).isEqualTo(2);
        assertThat(bins.value(new int[] {0, 1, 1, 0})).isEqualTo(2);

        var formula = read(Satisfiability::read, "c x\np cnf 3 3\n1 -2 0 2\n3 0\n-1 0\n%\n0\n");
        assertThat(formula.clauses()).isEqualTo(3);
        assertThat(formula.value(new boolean[] {false, false, true})).isZero();
        assertThat(formula.value(new boolean[] {true, false, false})).isEqualTo(2);
    }

    /** The distances of 0-1, 0-2 and 1-2 are 1, 2 and 3. */
    @ParameterizedTest
    @CsvSource({
        "FULL_MATRIX, 0 1 2 1 0 3 2 3 0",
        "UPPER_ROW, 1 2 3",
        "LOWER_ROW, 1 2 3",
        "UPPER_DIAG_ROW, 0 1 2 0 3 0",
        "LOWER_DIAG_ROW, 0 1 0 2 3 0",
        "UPPER_COL, 1 2 3",
        "LOWER_COL, 1 2 3",
        "UPPER_DIAG_COL, 0 1 0 2 3 0",
        "LOWER_DIAG_COL, 0 1 2 0 3 0",
    })
    void matricesAreReadInAllForms(String format, String numbers) throws IOException {
        var problem =
                read(
                        TravellingSalesman::read,
                        """
                        NAME: three
                        TYPE : TSP
                        DIMENSION:3
                        EDGE_WEIGHT_TYPE: EXPLICIT
                        EDGE_WEIGHT_FORMAT : %s
                        DISPLAY_DATA_TYPE: TWOD_DISPLAY
                        EDGE_WEIGHT_SECTION
                        %s
                        DISPLAY_DATA_SECTION
                        1 0 0
                        2 1 1
                        3 2 2
                        EOF
                        """
                                .formatted(format, numbers.replace(" 2", "\n2")));
        assertThat(problem.distance(0, 1)).isEqualTo(1);
        assertThat(problem.distance(2, 0)).isEqualTo(2);
        assertThat(problem.distance(1, 2)).isEqualTo(3);
        assertThat(problem.value(new int[] {2, 0, 1})).isEqualTo(6);
    }

    /** From (0,0) to (2,5): the root of 29 is 5.385, that of 29/10 is 1.703. */
    @ParameterizedTest
    @CsvSource({"EUC_2D, 5", "CEIL_2D, 6", "MAN_2D, 7", "MAX_2D, 5", "ATT, 2"})
    void coordinatesHaveTheirOwnDistances(String type, double expected) throws IOException {
        var problem =
                read(
                        TravellingSalesman::read,
                        """
                        TYPE: TSP
                        DIMENSION: 2
                        EDGE_WEIGHT_TYPE: %s
                        NODE_COORD_SECTION
                        2 2.0 5e0
                        1 0 0
                        """
                                .formatted(type));
        assertThat(problem.distance(0, 1)).isEqualTo(expected);
    }

    /** One degree along a meridian is 6378.388 km times pi/180, which is 111.3, and 1 is added. */
    @Test
    void geographicalCoordinatesAreDegreesAndMinutes() throws IOException {
        String text =
                "DIMENSION: 3\nEDGE_WEIGHT_TYPE: GEO\nNODE_COORD_SECTION\n1 10.00 20.00\n2 11.00 20.00\n3 10.30 20.00\n";
        var problem = read(TravellingSalesman::read, text);
        assertThat(problem.distance(0, 1)).isEqualTo(112);
        assertThat(problem.distance(0, 2)).isEqualTo(56);
    }

    @Test
    void solomonsFilesAreRead() throws IOException {
        var instance =
                read(
                        SolomonInstance::read,
                        """
                        T1

                        VEHICLE
                        NUMBER     CAPACITY
                          2         20

                        CUSTOMER
                        CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

                            0      0         0          0       0         100      0
                            1      3         4         10       5          50     10
                        """);
        assertThat(instance.name()).isEqualTo("T1");
        assertThat(instance.vehicles()).isEqualTo(2);
        assertThat(instance.capacity()).isEqualTo(20);
        assertThat(instance.distance(0, 1)).isEqualTo(5);
        assertThat(instance.places().get(1).due()).isEqualTo(50);
        assertThat(instance.first(0).places()).hasSize(1);
    }

    /** A bar stands for the end of a line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "graph; ''; f:1:1: the file has no graph",
                "graph; p edge 3 1|e 1 4; f:2:5: a node should be at least 1 and at most 3, not 4",
                "graph; p edge 3 1|e 2 2; node 2 cannot be its own neighbour",
                "graph; p edge 3 5|e 1 2; announces 5; the file may be cut off",
                "graph; p edge 2000000000 1; the number of nodes should be at least 0 and at most",
                "graph; p cnf 3 1; f:1:3: after \"p\" there should be \"edge\"",
                "graph; 0 1|1 0 1; f:2:6: a line of the matrix should have 2 entries, not 3",
                "graph; 0 1|0 0; the matrix should be symmetric",
                "graph; 0 1 0|1 0 0; the matrix should be square, not 2 by 3",
                "graph; 0 2|2 0; or a matrix of zeros and ones",
                "knapsack; 3 1 0|1 2; f:2:4: the file ends where a profit should be",
                "knapsack; 99999999 99999999 0; the number of items should be at least 1",
                "knapsack; 1 1 0|1|1.5|2; a weight should be an integer",
                "knapsack; 1 1 0|1|1|2|3; f:5:1: the file should end before \"3\"",
                "assignment; 2|0 1 1; the file ends where an entry of the first matrix",
                "assignment; 2|0 1 1 0|0 -1 1 0; an entry of the second matrix cannot be negative",
                "assignment; 1000000000; the size should be at least 1 and at most 2000",
                "tour; DIMENSION: 2|EDGE_WEIGHT_TYPE: HOURS; EDGE_WEIGHT_TYPE HOURS is not known",
                "tour; DIMENSION: 1000000000; DIMENSION should be an integer from 1 to 3000",
                "tour; TYPE: CVRP; TYPE should be TSP or ATSP",
                "tour; NODE_COORD_SECTION; DIMENSION before NODE_COORD_SECTION is missing",
                "tour; DIMENSION: 2; EDGE_WEIGHT_TYPE is missing",
                "tour; DIMENSION: 2|NODE_COORD_SECTION|1 0 0|1 1 1; city 1 is there twice",
                "tour; DIMENSION: 2|EDGE_WEIGHT_FORMAT: FULL_MATRIX|EDGE_WEIGHT_SECTION|0 nan; finite number",
                "formula; p cnf 2 1|1 3 0; a literal should be at least -2 and at most 2, not 3",
                "formula; p cnf 2 2|1 2 0; there are 1 whole clauses",
                "formula; p cnf 2 1|1 2; there are 0 whole clauses",
                "formula; p cnf 2 1|1 0|2 0; there are more clauses than the 1",
                "formula; 1 2 0; the line \"p cnf variables clauses\" is missing",
                "bins; 2|10|3|11; f:4:1: the item is larger than the capacity of 10",
                "solomon; C1|VEHICLE|NUMBER CAPACITY|1 2|CUSTOMER|CUST NO|1 2 3; here should be customer 0",
                "solomon; C1|CARS; f:2:1: here should be the heading VEHICLE",
                "solomon; C1; the file ends where VEHICLE should be",
            })
    void wrongFilesSayWhere(String kind, String text, String expected) {
        InstanceText.Reader<?> reader =
                switch (kind) {
                    case "graph" -> Graph::read;
                    case "knapsack" -> MultidimensionalKnapsack::read;
                    case "assignment" -> QuadraticAssignment::read;
                    case "tour" -> TravellingSalesman::read;
                    case "formula" -> Satisfiability::read;
                    case "bins" -> BinPacking::read;
                    default -> SolomonInstance::read;
                };
        assertThatThrownBy(() -> read(reader, text.replace('|', '\n')))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(expected);
    }

    /** Words of all formats in any order are an instance or an error. */
    @Property(seed = "1", tries = 2000)
    void garbageIsAnInstanceOrAnError(@ForAll long seed) {
        String[] words = {
            "0",
            "1",
            "2",
            "-1",
            "3",
            "\n",
            "\n",
            "p",
            "edge",
            "cnf",
            "e",
            "c",
            "DIMENSION: 2\n",
            "EDGE_WEIGHT_TYPE: EXPLICIT\n",
            "EDGE_WEIGHT_SECTION\n",
            "EOF",
            "%",
            "99999999999"
        };
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 14; k++) {
            text.append(words[random.nextInt(words.length)]).append(' ');
        }
        InstanceText.Reader<?>[] readers = {
            Graph::read,
            MultidimensionalKnapsack::read,
            QuadraticAssignment::read,
            TravellingSalesman::read,
            Satisfiability::read,
            BinPacking::read,
            SolomonInstance::read
        };
        for (InstanceText.Reader<?> reader : readers) {
            Throwable thrown = catchThrowable(() -> read(reader, text.toString()));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(ModelFileException.class);
            }
        }
    }

    /** Models of instances that are too large are refused before they take memory. */
    @Test
    void modelsOfHugeInstancesAreRefused() {
        var problem = new TravellingSalesman(new double[1000][1000]);
        assertThatThrownBy(problem::model)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the round trip has some 1994005998 interactions");
    }
}
