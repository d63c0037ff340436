// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, in words for whoever typed it: the parser's own are for programmers.
final class Misuse {
    private Misuse() {}

    static String told(ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        return sentence(problem, command) + " (see '" + command + " --help')";
    }

    private static String sentence(ParameterException problem, String command) {
        return switch (problem) {
            case UnmatchedArgumentException surplus -> surplus(surplus, command);
            case MissingParameterException missing
            when !missing.getMissing().isEmpty() -> missing(missing.getMissing().getFirst(), command);
            case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given more than once";
            default ->
                Optional.ofNullable(problem.getArgSpec())
                        .map(argument -> unfit(argument, String.valueOf(problem.getValue())))
                        .orElseGet(() -> Exit.line(problem));
        };
    }

    private static String surplus(UnmatchedArgumentException surplus, String command) {
        String first = surplus.getUnmatched().getFirst();
        return surplus.isUnknownOption()
                ? "there is no option '" + first + "'"
                : "'" + first + "' is more than '" + command + "' takes";
    }

    private static String missing(ArgSpec argument, String command) {
        return argument.isOption()
                ? name(argument) + " needs a value, " + argument.paramLabel()
                : "'" + command + "' needs a " + argument.paramLabel();
    }

    private static String unfit(ArgSpec argument, String value) {
        Class<?> type = argument.type();
        if (type == boolean.class) {
            return name(argument) + " takes no value";
        }
        String wanted = type == long.class ? "a whole number" : "a path";
        return name(argument) + " needs " + wanted + ", not '" + value + "'";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
