package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Transfers to a disk that stands still. */
@Timeout(60)
class TransferTest {
    private static final int BYTES = 1 << 20;

    /** Writes that last until the latch opens. */
    private static final class Stuck extends FileChannel {
        final CountDownLatch open = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);
        final List<Long> places = Collections.synchronizedList(new ArrayList<>());
        volatile byte seen;

        @Override
        public int write(ByteBuffer from, long position) {
            places.add(position);
            await();
            seen = from.get(from.position());
            int moved = from.remaining();
            from.position(from.limit());
            ended.countDown();
            return moved;
        }

        @Override
        public void force(boolean metaData) {
            await();
        }

        private void await() {
            try {
                assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public int read(ByteBuffer to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] to, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long newPosition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer to, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implCloseChannel() {}
    }

    /** What is left behind keeps its buffer, and ends with the call of the system that it is in. */
    @Test
    void aCancelledWriteIsLeftBehindAndEnds() throws Exception {
        Stuck disk = new Stuck();
        Transfer transfer = new Transfer(disk);
        transfer.buffer(BYTES).put(0, (byte) 1);
        assertThatThrownBy(() -> transfer.write(BYTES, BYTES, at -> at, TransferTest::cancel))
                .isInstanceOf(CancellationException.class);
        transfer.buffer(BYTES).put(0, (byte) 2);
        disk.open.countDown();
        assertThat(disk.ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(disk.seen).isEqualTo((byte) 1);
        // The next one goes well, and is all that is written from now on.
        transfer.write(BYTES, BYTES / 4, at -> 10L * BYTES + 2 * at, () -> {});
        assertThat(disk.places.getFirst()).isZero();
        assertThat(disk.places.subList(1, disk.places.size()))
                .isSorted()
                .allMatch(place -> place >= 10L * BYTES)
                .contains(10L * BYTES + BYTES / 2, 10L * BYTES + 3 * BYTES / 2);
    }

    @Test
    void waitingForTheDiskEndsWhenItIsCancelled() {
        Stuck disk = new Stuck();
        assertThatThrownBy(() -> new Transfer(disk).force(TransferTest::cancel))
                .isInstanceOf(CancellationException.class);
        disk.open.countDown();
    }

    /** The check of an interrupted thread sees that it is. */
    @Test
    void interruptsCancelWhereTheCheckTakesThemForThat() {
        Stuck disk = new Stuck();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(
                            () ->
                                    new Transfer(disk)
                                            .force(
                                                    org.jaket.execution.Progress.NONE
                                                            ::checkCancelled))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            disk.open.countDown();
        }
    }

    private static void cancel() {
        throw new CancellationException("cancelled");
    }
}
