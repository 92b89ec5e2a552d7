package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Memory for amplitudes. Where the program may call native code ({@code --enable-native-access}) on
 * 64-bit Linux, anonymous pages are mapped with a hint to use huge ones; they come zeroed and are
 * first touched by the workers, in parallel. Elsewhere the arena allocates and zeroes.
 */
final class Pages {
    /** Large enough for any register, and one cache line. */
    static final long ALIGNMENT = 64;

    private static final long HUGE = 2L << 20;

    /** Smaller segments gain nothing from huge pages. */
    private static final long WORTH_IT = 16L << 20;

    // From the Linux headers mman-common.h and mman.h, the same on x86-64 and AArch64.
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;
    private static final int MADV_HUGEPAGE = 14;

    /** Loaded with the first large state: linking takes a tenth of a second. */
    private static final class Linked {
        static final @Nullable Native NATIVE = Native.link();
    }

    private Pages() {}

    /** A zeroed segment that lives as long as the arena. */
    static MemorySegment allocate(Arena arena, long bytes) {
        if (bytes < WORTH_IT) {
            return arena.allocate(bytes, ALIGNMENT);
        }
        Native mapping = Linked.NATIVE;
        return mapping == null ? arena.allocate(bytes, ALIGNMENT) : mapping.map(arena, bytes);
    }

    private record Native(MethodHandle mmap, MethodHandle munmap, MethodHandle madvise) {

        @SuppressWarnings("restricted")
        static @Nullable Native link() {
            String os = System.getProperty("os.name") + System.getProperty("os.arch");
            if (!os.matches("Linux(amd64|aarch64)")
                    || !Pages.class.getModule().isNativeAccessEnabled()) {
                return null;
            }
            Linker linker = Linker.nativeLinker();
            var lookup = linker.defaultLookup();
            var address = ValueLayout.ADDRESS;
            var number = ValueLayout.JAVA_LONG;
            var small = ValueLayout.JAVA_INT;
            return new Native(
                    linker.downcallHandle(
                            lookup.findOrThrow("mmap"),
                            FunctionDescriptor.of(
                                    address, address, number, small, small, small, number)),
                    linker.downcallHandle(
                            lookup.findOrThrow("munmap"),
                            FunctionDescriptor.of(small, address, number)),
                    linker.downcallHandle(
                            lookup.findOrThrow("madvise"),
                            FunctionDescriptor.of(small, address, number, small)));
        }

        @SuppressWarnings("restricted")
        MemorySegment map(Arena arena, long bytes) {
            // Room to start at a huge page's boundary.
            long length = bytes + HUGE;
            MemorySegment mapped =
                    (MemorySegment)
                            call(
                                    mmap,
                                    MemorySegment.NULL,
                                    length,
                                    PROT_READ_WRITE,
                                    MAP_PRIVATE_ANONYMOUS_NORESERVE,
                                    -1,
                                    0L);
            if (mapped.address() == -1) {
                throw new OutOfMemoryError(
                        "The operating system refused to map " + Memory.human((double) length));
            }
            call(madvise, mapped, length, MADV_HUGEPAGE);
            MemorySegment whole =
                    mapped.reinterpret(length, arena, s -> call(munmap, mapped, length));
            long skip = -mapped.address() & (HUGE - 1);
            return whole.asSlice(skip, bytes);
        }

        private static Object call(MethodHandle handle, Object... arguments) {
            try {
                return handle.invokeWithArguments(arguments);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable t) {
                throw new IllegalStateException(t);
            }
        }
    }
}
