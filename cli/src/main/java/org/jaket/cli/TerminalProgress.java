package org.jaket.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on stderr, shown only to a person at a terminal and only when the work takes a
 * while.
 */
final class TerminalProgress implements Progress, AutoCloseable {
    private static final long QUIET_NANOS = 500_000_000;

    private final String what;
    private final boolean interactive = Terminal.showsProgress();
    private final long start = System.nanoTime();
    private @Nullable ProgressBar bar;

    TerminalProgress(String what) {
        this.what = what;
        Interruption.watch(true);
    }

    @Override
    public synchronized void report(long done, long total) {
        if (!interactive || System.nanoTime() - start < QUIET_NANOS) {
            return;
        }
        ProgressBar shown = bar;
        if (shown == null) {
            shown =
                    new ProgressBarBuilder()
                            .setTaskName(what)
                            .setInitialMax(total)
                            .setStyle(ProgressBarStyle.ASCII)
                            .clearDisplayOnFinish()
                            .build();
            bar = shown;
        }
        shown.stepTo(done);
    }

    @Override
    public boolean isCancelled() {
        return Interruption.isRequested() || Thread.currentThread().isInterrupted();
    }

    @Override
    public synchronized void close() {
        Interruption.watch(false);
        if (bar != null) {
            bar.close();
        }
    }
}
