package org.jaket.annealing.problem;

import org.jaket.annealing.file.ModelFileException;
import org.jaket.annealing.file.TextScanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An instance of vehicle routing with time windows as M. M. Solomon published them (1987): data
 * only, without a model.
 *
 * @param name such as C101
 * @param vehicles how many there are
 * @param capacity of each vehicle
 * @param places the depot first, then the customers
 */
public record SolomonInstance(String name, int vehicles, double capacity, List<Place> places) {
    private static final int MAX_PLACES = 100_000;

    /** Keeps the places. */
    public SolomonInstance {
        places = List.copyOf(places);
        if (places.isEmpty()) {
            throw new IllegalArgumentException("the depot is missing");
        }
    }

    /**
     * The depot or a customer.
     *
     * @param x where it is
     * @param y where it is
     * @param demand what is to be brought
     * @param ready when service may begin
     * @param due until when it may begin; for the depot, when all is over
     * @param service how long it takes
     */
    public record Place(
            double x, double y, double demand, double ready, double due, double service) {}

    /**
     * Reads an instance.
     *
     * @throws ModelFileException if it is none
     */
    public static SolomonInstance read(Path file) throws IOException {
        return InstanceText.read(file, SolomonInstance::read);
    }

    /**
     * Reads an instance from a stream, which is not closed.
     *
     * @param source what errors call it
     */
    public static SolomonInstance read(InputStream in, String source) throws IOException {
        TextScanner scanner = new TextScanner(source, in);
        row(scanner, "the name");
        String name = scanner.rest();
        heading(scanner, "VEHICLE");
        heading(scanner, "NUMBER");
        row(scanner, "the number of vehicles");
        int vehicles = scanner.integer("the number of vehicles", 1, Integer.MAX_VALUE);
        double capacity = scanner.number("the capacity");
        scanner.endRow();
        heading(scanner, "CUSTOMER");
        heading(scanner, "CUST");
        List<Place> places = new ArrayList<>();
        while (scanner.nextRow((char) 0, null)) {
            if (scanner.integer("the customer's number", 0, MAX_PLACES) != places.size()) {
                throw scanner.error("here should be customer %d".formatted(places.size()));
            }
            double x = scanner.number("a coordinate");
            double y = scanner.number("a coordinate");
            double demand = scanner.number("the demand");
            double ready = scanner.number("the ready time");
            double due = scanner.number("the due date");
            if (due < ready) {
                throw scanner.error("the window closes before it opens, at " + ready);
            }
            places.add(new Place(x, y, demand, ready, due, scanner.number("the service time")));
            scanner.endRow();
        }
        if (places.isEmpty()) {
            throw scanner.error("the depot is missing");
        }
        return new SolomonInstance(name, vehicles, capacity, places);
    }

    private static void row(TextScanner scanner, String what) throws IOException {
        if (!scanner.nextRow((char) 0, null)) {
            throw scanner.error("the file ends where " + what + " should be");
        }
    }

    private static void heading(TextScanner scanner, String word) throws IOException {
        row(scanner, word);
        if (!scanner.word(word).equals(word)) {
            throw scanner.error("here should be the heading " + word);
        }
        scanner.rest();
    }

    /** The instance with its first customers only, as the literature uses 25 and 50 of the 100. */
    public SolomonInstance first(int customers) {
        if (customers < 0 || customers >= places.size()) {
            throw new IllegalArgumentException(
                    "there are %d customers, not %d".formatted(places.size() - 1, customers));
        }
        return new SolomonInstance(name, vehicles, capacity, places.subList(0, customers + 1));
    }

    /** The Euclidean distance of two places. */
    public double distance(int from, int to) {
        return Math.hypot(
                places.get(from).x - places.get(to).x, places.get(from).y - places.get(to).y);
    }
}
