package org.jaket.statevector;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory a state needs and how much the machine has left.
 *
 * <p>"Left" is the smallest of what the operating system calls available ({@code MemAvailable} on
 * Linux) and what the control group of the process still allows, page cache that can be dropped
 * included.
 */
final class Memory {
    /** Kept free for the JVM and others when a state is admitted. */
    static final long RESERVE = 256L << 20;

    /** So little is taken without asking the system, which costs more than a small circuit. */
    static final long UNASKED = 16L << 20;

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private Memory() {}

    /** Bytes that a new state may take. */
    static long available() {
        long left = Math.min(machine(), Math.min(unified(), legacy()));
        return Math.max(0, left - RESERVE);
    }

    private static long machine() {
        for (String line : lines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemAvailable:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
                ? bean.getFreeMemorySize()
                : Long.MAX_VALUE;
    }

    /** Control groups, version 2. */
    private static long unified() {
        return smallest("0::", CGROUPS, "memory.max", "memory.current", "inactive_file");
    }

    /** Control groups, version 1. */
    private static long legacy() {
        return smallest(
                ":memory:",
                CGROUPS.resolve("memory"),
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                "total_inactive_file");
    }

    /** The least that the process's group and the groups above it allow. */
    private static long smallest(
            String marker, Path root, String limitFile, String usageFile, String reclaimable) {
        Path group = root;
        for (String line : lines(Path.of("/proc/self/cgroup"))) {
            int at = line.indexOf(marker);
            if (at >= 0) {
                group = root.resolve(line.substring(at + marker.length()).replaceFirst("^/", ""));
            }
        }
        long left = Long.MAX_VALUE;
        while (group != null && group.startsWith(root)) {
            long limit = number(group.resolve(limitFile));
            long usage = number(group.resolve(usageFile));
            if (limit >= 0 && usage >= 0) {
                left = Math.min(left, limit - usage + statistic(group, reclaimable));
            }
            group = group.getParent();
        }
        return left;
    }

    private static long statistic(Path group, String name) {
        for (String line : lines(group.resolve("memory.stat"))) {
            if (line.startsWith(name + " ")) {
                return Long.parseLong(line.substring(name.length() + 1).trim());
            }
        }
        return 0;
    }

    /** The number in a file, or -1 where there is none ("max" means no limit). */
    private static long number(Path file) {
        List<String> lines = lines(file);
        if (lines.isEmpty() || !lines.getFirst().matches("[0-9]{1,18}")) {
            return -1;
        }
        return Long.parseLong(lines.getFirst());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** A byte count for people: "16.0 GiB". */
    static String human(double bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        int unit = 0;
        while (bytes >= 1024 && unit < units.length - 1) {
            bytes /= 1024;
            unit++;
        }
        return unit == 0 ? (long) bytes + " bytes" : "%.1f %s".formatted(bytes, units[unit]);
    }
}
