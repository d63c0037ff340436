// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/// Takes down what a command says of its options and parameters. An option is named `--long`, or `-s, --long`.
///
/// They are told in code, and not by annotations: to read those takes half as long as a whole command does
/// (docs/decisions/0013-start.md).
final class Options {
    private static final String BETWEEN = ",";

    private final CommandSpec spec;

    Options(CommandSpec spec) {
        this.spec = spec;
    }

    /// An option without a value.
    void flag(String names, String description, Runnable set) {
        spec.addOption(option(names, description, boolean.class, (Boolean on) -> {
                    if (on) {
                        set.run();
                    }
                })
                .build());
    }

    void text(String names, String label, String description, Consumer<String> set) {
        spec.addOption(
                option(names, description, String.class, set).paramLabel(label).build());
    }

    void number(String names, String label, String description, LongConsumer set) {
        spec.addOption(option(names, description, long.class, (Long value) -> set.accept(value))
                .paramLabel(label)
                .build());
    }

    void path(String names, String label, String description, Consumer<Path> set) {
        spec.addOption(
                option(names, description, Path.class, set).paramLabel(label).build());
    }

    /// An option that may be given more than once, or once with commas between its values.
    ///
    /// @param into where all values go, instead of what is there
    void words(String names, String label, String description, Collection<String> into) {
        spec.addOption(words(names, description, into)
                .paramLabel(label)
                .splitRegex(BETWEEN)
                .hideParamSyntax(true)
                .build());
    }

    /// An option that may be given more than once.
    ///
    /// @param into where all values go, instead of what is there
    void each(String names, String label, String description, Collection<String> into) {
        spec.addOption(words(names, description, into).paramLabel(label).build());
    }

    private static OptionSpec.Builder words(String names, String description, Collection<String> into) {
        Gathered<String> gathered = new Gathered<>(into);
        return OptionSpec.builder(names.split(", "))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .getter(gathered)
                .setter(gathered);
    }

    /// The parameter that has to come next.
    void parameter(String label, String description, Consumer<String> set) {
        parameter(true, label, description, set);
    }

    /// The parameter that may come next.
    void optionalParameter(String label, String description, Consumer<String> set) {
        parameter(false, label, description, set);
    }

    private void parameter(boolean required, String label, String description, Consumer<String> set) {
        spec.addPositional(PositionalParamSpec.builder()
                .index(String.valueOf(spec.positionalParameters().size()))
                .arity(required ? "1" : "0..1")
                .required(required)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .setter(new Setter<String>(set))
                .build());
    }

    /// All parameters there are.
    void paths(String label, String description, Collection<Path> into) {
        Gathered<Path> gathered = new Gathered<>(into);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .paramLabel(label)
                .description(description)
                .getter(gathered)
                .setter(gathered)
                .build());
    }

    /// What help ends with, below an empty line.
    void footer(String text) {
        spec.usageMessage().footer("", text);
    }

    /// What may be said before any verb, and behind it.
    ///
    /// @param dir is told the folder of the log
    static CommandSpec everywhere(Consumer<Path> dir) {
        CommandSpec spec = CommandSpec.create().name("hotlog");
        spec.usageMessage().sortOptions(false);
        spec.addOption(option(
                        "--dir",
                        "The log's folder; else $$HOTLOG_DIR, else the data folder of this user.",
                        Path.class,
                        dir)
                .paramLabel("DIR")
                .scopeType(ScopeType.INHERIT)
                .build());
        spec.addOption(option("-h, --help", "Show this help.", boolean.class, _ -> {})
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .build());
        return spec;
    }

    private static <T> OptionSpec.Builder option(String names, String description, Class<?> type, Consumer<T> set) {
        return OptionSpec.builder(names.split(", "))
                .type(type)
                .description(description)
                .setter(new Setter<>(set));
    }

    /// Hands a value on that the parser has made of the type that was asked for.
    private record Setter<V>(Consumer<V> set) implements ISetter {
        @Override
        @SuppressWarnings("unchecked") // by the option's type
        public <T> @Nullable T set(@Nullable T value) {
            if (value != null) {
                set.accept((V) value);
            }
            return null;
        }
    }

    /// Values that come one after another: the parser adds to those that it gets, and sets all of them again.
    private static final class Gathered<V> implements IGetter, ISetter {
        private final Collection<V> into;
        private @Nullable Collection<V> soFar;

        Gathered(Collection<V> into) {
            this.into = into;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"
        }) // by the option's type; the parser makes what it does not get
        public <T> T get() {
            return (T) soFar;
        }

        @Override
        @SuppressWarnings("unchecked") // likewise
        public <T> @Nullable T set(@Nullable T value) {
            if (value != null) {
                soFar = (Collection<V>) value;
                into.clear();
                into.addAll(soFar);
            }
            return null;
        }
    }
}
