// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;

/// The `hotlog` command.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Surroundings around = Surroundings.ofProcess();
        around.stop().exit(run(args, around));
    }

    /// Runs one command line to its end.
    ///
    /// @return the exit code, see [Exit]
    public static int run(String[] args, Surroundings surroundings) {
        Desk desk = new Desk(surroundings);
        int code;
        try {
            code = answer(args, desk);
        } catch (OutOfMemoryError _) {
            desk.talk().say("out of memory; HOTLOG_OPTS=-Xmx1g gives more");
            code = Exit.SYSTEM;
        } catch (Exception e) {
            code = Exit.report(e, desk);
        }
        return flushed(desk, code);
    }

    private static int flushed(Desk desk, int code) {
        try {
            desk.page().flush();
            return code;
        } catch (PipeOutput.Closed _) {
            return code;
        } catch (IOException e) {
            // Told before, if it is what ended the command.
            return code == Exit.SYSTEM ? code : Exit.report(e, desk);
        }
    }

    private static int answer(String[] args, Desk desk) throws Exception {
        return Words.of(args).carryOut(desk);
    }
}
