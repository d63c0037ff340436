// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

/// A table of prices that cannot be read; the message says which line of it, and why.
public final class BadPriceTable extends Exception {
    private static final long serialVersionUID = 1L;

    BadPriceTable(String problem) {
        super(problem);
    }

    BadPriceTable(int line, String problem) {
        super("line " + line + ": " + problem);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
