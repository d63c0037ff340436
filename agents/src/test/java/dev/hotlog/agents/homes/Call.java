// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import dev.hotlog.event.Measure;

/// What a call to a model used, or several; each token in one of the figures.
record Call(long in, long out, long read, long written) {
    static final Call NONE = new Call(0, 0, 0, 0);

    static Call byChance(Workplace place) {
        return new Call(place.tokens(5_000), place.tokens(5_000), place.tokens(50_000), place.tokens(5_000));
    }

    Call plus(Call other) {
        return new Call(in + other.in, out + other.out, read + other.read, written + other.written);
    }

    void tell(Truth truth, String agent) {
        truth.add(agent, Measure.TOKENS_IN, in);
        truth.add(agent, Measure.TOKENS_OUT, out);
        truth.add(agent, Measure.CACHE_READ_TOKENS, read);
        truth.add(agent, Measure.CACHE_CREATION_TOKENS, written);
    }
}
