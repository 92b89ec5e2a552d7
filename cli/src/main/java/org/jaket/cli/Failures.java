package org.jaket.cli;

import org.jaket.annealing.embedding.NoEmbeddingException;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;

/**
 * Says on stderr what went wrong, without stack traces for what users can cause, and gives the exit
 * code.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    static final int FAILED = 1;
    static final int CANCELLED = 130;

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        switch (failure) {
            case CancellationException e -> {
                err.println("cancelled");
                return CANCELLED;
            }
            // A reader that has seen enough (such as head) closes the pipe; that is no failure of
            // ours to report.
            case IOException e when "Broken pipe".equals(e.getMessage()) -> {
                return FAILED;
            }
            case NoSuchFileException e -> err.println("there is no file " + e.getMessage());
            case AccessDeniedException e -> err.println("may not read or write " + e.getMessage());
            case FileSystemException e -> err.println(e.getMessage());
            case IOException e -> err.println(e.getMessage());
            case UncheckedIOException e -> err.println(cause(e).getMessage());
            case IllegalArgumentException e -> err.println(ReadTexts.message(e));
            case IllegalStateException e -> err.println(e.getMessage());
            case NoEmbeddingException e -> err.println(e.getMessage());
            case ArithmeticException e ->
                    err.println("in a classical expression: " + e.getMessage());
            default -> {
                err.println("unexpected failure, please report it:");
                failure.printStackTrace(err);
            }
        }
        err.flush();
        return FAILED;
    }

    private static IOException cause(UncheckedIOException e) {
        IOException cause = e.getCause();
        return cause == null ? new IOException(e.getMessage()) : cause;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }
}
