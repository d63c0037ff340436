// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import dev.hotlog.event.Event;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `verify` and `repair`.
class VerifyAndRepairTest {
    @TempDir
    Path temp;

    private Cli cli;
    private LogFiles files;

    @BeforeEach
    void aLogOfTenEvents() {
        cli = Cli.on(temp.resolve("log"));
        files = new LogFiles(cli.directory());
        for (int seq = 0; seq < 10; seq++) {
            cli.having(event("s", seq, "message", "\"payload\":\"number-" + seq + "\""));
        }
    }

    @Test
    void aSoundLogIsSaidToBe() {
        Result result = cli.run("verify");

        assertThat(result.out()).matches("sound    10 events in 1 segment; [0-9.]+ [KM]B checked\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(cli.run("verify", "--json").out())
                .startsWith("{\"result\":\"sound\",\"events\":10,\"segments\":1,\"bytes\":")
                .endsWith("\"lost_before\":0,\"torn_bytes\":0,\"damage\":[],\"losses\":[]}\n");
        assertThat(cli.run("repair")).isEqualTo(new Result(0, "sound    nothing to do; 10 events\n", ""));
    }

    @Test
    void aTornEndIsNoDamage() throws IOException {
        // A copy of the files beside a live writer is what a crash leaves; its end is torn by hand.
        Path copy = Files.createDirectory(temp.resolve("copy"));
        try (HotLog log = HotLog.open(cli.directory())) {
            for (int seq = 10; seq < 13; seq++) {
                log.append(Event.of("s", seq).payload("\"number-" + seq + "\"").build());
            }
            log.flush();
            for (Path file : files.segments()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        new LogFiles(copy).damage("number-12");
        Cli torn = Cli.on(copy);
        Result result = torn.run("verify");

        assertThat(result.code()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.outLines().getFirst())
                .startsWith("torn     ")
                .contains("the next writer cuts them off (file=");
        assertThat(result.outLines().getLast()).startsWith("torn     12 events in ");
        assertThat(torn.run("verify", "--json").out())
                .startsWith("{\"result\":\"torn\",")
                .contains("\"torn_file\":\"");
        assertThat(torn.lines(event("s", 12, "message", "")).run("append").err())
                .contains("recovered after an unclean end");
        assertThat(torn.run("verify").code()).isZero();
        assertThat(torn.run("replay").outLines()).hasSize(13);
    }

    @Test
    void damageIsToldWithItsPlaceAndWhatItCosts() throws IOException {
        files.damage("number-4");
        Result result = cli.run("verify");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.outLines().getFirst())
                .startsWith("damage   ")
                .contains("file=" + files.segments()[0].getFileName())
                .contains("position=")
                .contains("offset 4 ");
        assertThat(result.outLines().getLast()).startsWith("damaged  9 events in ");
        assertThat(result.err())
                .isEqualTo("hotlog: 'hotlog repair' moves what is damaged aside and keeps everything else\n");
        assertThat(cli.run("verify", "--json").out())
                .startsWith("{\"result\":\"damaged\",\"events\":9,")
                .contains("\"lost_events\":1,\"first_offset\":4}");
    }

    @Test
    void repairKeepsEverythingElseAndTheDamagedFile() throws IOException {
        files.damage("number-4");
        Result result = cli.run("repair");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("\nkept     ").contains("9 events, at most 1 lost\n");
        assertThat(cli.run("verify").code()).isZero();
        assertThat(cli.run("replay").outLines()).hasSize(9);
        assertThat(cli.lines(event("s", 4, "message", "\"payload\":\"number-4\""))
                        .run("append")
                        .code())
                .isZero();
        assertThat(cli.run("verify").out()).contains("before   1 event put down as lost by earlier repairs");
    }

    @Test
    void repairIsRefusedWhileSomeoneWrites() throws IOException {
        try (HotLog _ = HotLog.open(cli.directory())) {
            assertThat(cli.run("repair").code()).isEqualTo(4);
            assertThat(cli.run("verify").code()).isIn(0, 1);
        }
    }

    @Test
    void aMissingLogIsNotMade() {
        Cli none = Cli.on(temp.resolve("none"));

        assertThat(none.run("verify").code()).isEqualTo(1);
        assertThat(none.run("repair").code()).isEqualTo(1);
        assertThat(none.directory()).doesNotExist();
    }

    @Test
    void progressIsShownOnATerminalAndTakenAway() {
        assertThat(cli.terminal(80).run("verify").err()).contains(" checked").endsWith("\r\u001b[K");
        assertThat(cli.terminal(80).run("verify", "--json").out()).doesNotContain("\u001b");
    }
}
