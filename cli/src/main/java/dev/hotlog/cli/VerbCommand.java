// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.concurrent.Callable;

/// What a verb does: it tells its options, these are set from the command line, and then it is called once.
interface VerbCommand extends Callable<Integer> {
    /// Tells the options and parameters, in the order in which help lists them.
    void declare(Options options);

    /// @return the exit code
    @Override
    Integer call() throws Exception;
}
