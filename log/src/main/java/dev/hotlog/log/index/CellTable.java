// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import dev.hotlog.log.format.EventFrame;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// The cells of the unsealed end, each under an ordinal that counts from 0: the events of one session, quarter of an
/// hour, kind, model, tool and [PriceClass], and what they come to. Kind, model and tool are numbers of [CellNames].
/// For one thread.
///
/// All lies in a few arrays: a new cell takes no memory of its own. Found by open addressing.
final class CellTable {
    /// In place of a cell where there is none.
    static final int ABSENT = -1;

    private static final int FIRST_CAPACITY = 64;
    /// A table like another has room for one in so many cells more.
    private static final int SPARE_PART = 8;
    /// No more is set aside for cells that may not come: 9 MB.
    private static final int MOST_AHEAD = 1 << 16;

    private static final int FACTOR = 0x9E3779B1;

    private static final int SESSION = 0;
    private static final int KIND = 1;
    private static final int MODEL = 2;
    private static final int TOOL = 3;
    private static final int PRICE_CLASS = 4;
    /// The cell of the same session that was created before.
    private static final int OLDER = 5;

    private static final int NUMBERS = 6;

    private final CellNames names = new CellNames();
    private final CellSums sums;

    /// Of each cell the numbers above.
    private int[] numbers;

    /// Of each cell how many quarters of an hour after 1970 UTC it is.
    private long[] quarters;

    private int count;

    /// Ordinals plus one; 0 where none is. Half full at most; the length is a power of two.
    private int[] slots;

    CellTable() {
        this(FIRST_CAPACITY);
    }

    private CellTable(int capacity) {
        sums = new CellSums(capacity);
        numbers = new int[capacity * NUMBERS];
        quarters = new long[capacity];
        slots = new int[slotsFor(capacity)];
    }

    private static int slotsFor(int capacity) {
        return Integer.highestOneBit(2 * capacity - 1) << 1;
    }

    /// An empty table for about as many cells, unless these are very many.
    CellTable emptyAlike() {
        return new CellTable(Math.clamp(count + count / SPARE_PART, FIRST_CAPACITY, MOST_AHEAD));
    }

    CellNames names() {
        return names;
    }

    int count() {
        return count;
    }

    /// Adds the event to its cell, which is created when the event is the first of its sort.
    void add(LiveSession session, EventFrame event) {
        long quarter = Math.floorDiv(event.cappedMillis(), Rollup.QUARTER_MILLIS);
        int kind = names.kind(event);
        int model = names.model(event);
        int tool = names.tool(event);
        int priceClass = PriceClass.of(event);
        int cell = session.lastUsedCell();
        if (cell == ABSENT || !isOf(cell, session.ordinal(), quarter, kind, model, tool, priceClass)) {
            cell = findOrCreate(session, quarter, kind, model, tool, priceClass);
            session.use(cell);
        }
        sums.add(cell, kind, event);
    }

    private boolean isOf(int cell, int session, long quarter, int kind, int model, int tool, int priceClass) {
        int at = cell * NUMBERS;
        return quarters[cell] == quarter
                && numbers[at + SESSION] == session
                && numbers[at + KIND] == kind
                && numbers[at + MODEL] == model
                && numbers[at + TOOL] == tool
                && numbers[at + PRICE_CLASS] == priceClass;
    }

    private int findOrCreate(LiveSession session, long quarter, int kind, int model, int tool, int priceClass) {
        int slot = hash(session.ordinal(), quarter, kind, model, tool, priceClass) & (slots.length - 1);
        for (int cell = slots[slot] - 1; cell != ABSENT; cell = slots[slot] - 1) {
            if (isOf(cell, session.ordinal(), quarter, kind, model, tool, priceClass)) {
                return cell;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (count == quarters.length) {
            grow();
        }
        int created = count++;
        int at = created * NUMBERS;
        quarters[created] = quarter;
        numbers[at + SESSION] = session.ordinal();
        numbers[at + KIND] = kind;
        numbers[at + MODEL] = model;
        numbers[at + TOOL] = tool;
        numbers[at + PRICE_CLASS] = priceClass;
        numbers[at + OLDER] = session.newestCell();
        session.addCell(created);
        place(created);
        return created;
    }

    private void grow() {
        int capacity = 2 * count;
        sums.growTo(capacity);
        numbers = Arrays.copyOf(numbers, capacity * NUMBERS);
        quarters = Arrays.copyOf(quarters, capacity);
        slots = new int[slotsFor(capacity)];
        for (int cell = 0; cell < count; cell++) {
            place(cell);
        }
    }

    private void place(int cell) {
        int hash = hash(number(cell, SESSION), quarter(cell), kind(cell), model(cell), tool(cell), priceClass(cell));
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = cell + 1;
    }

    private static int hash(int session, long quarter, int kind, int model, int tool, int priceClass) {
        int hash = session * FACTOR;
        hash = (hash ^ Long.hashCode(quarter)) * FACTOR;
        hash = (hash ^ kind) * FACTOR;
        hash = (hash ^ model) * FACTOR;
        hash = (hash ^ tool) * FACTOR;
        hash = (hash ^ priceClass) * FACTOR;
        return hash ^ (hash >>> Short.SIZE);
    }

    private int number(int cell, int which) {
        return numbers[cell * NUMBERS + which];
    }

    long quarter(int cell) {
        return quarters[cell];
    }

    int kind(int cell) {
        return number(cell, KIND);
    }

    int model(int cell) {
        return number(cell, MODEL);
    }

    int tool(int cell) {
        return number(cell, TOOL);
    }

    int priceClass(int cell) {
        return number(cell, PRICE_CLASS);
    }

    /// Adds what the cell comes to.
    void addTo(Totals totals, int cell) {
        sums.addTo(totals, cell);
    }

    Totals totals(int cell) {
        Totals totals = new Totals();
        addTo(totals, cell);
        return totals;
    }

    /// The cells of a session, the one that was created last first.
    void forEachOf(LiveSession session, IntConsumer each) {
        for (int cell = session.newestCell(); cell != ABSENT; cell = number(cell, OLDER)) {
            each.accept(cell);
        }
    }

    Rollup rollup(int cell, String sessionId) {
        return new Rollup(
                sessionId,
                quarter(cell) * Rollup.QUARTER_MILLIS,
                names.kind(kind(cell)),
                names.text(model(cell)),
                names.text(tool(cell)),
                PriceClass.promptSize(priceClass(cell)),
                totals(cell));
    }

    /// Roughly what it takes of the heap.
    long heapBytes() {
        return sums.heapBytes()
                + (numbers.length + slots.length) * (long) Integer.BYTES
                + quarters.length * (long) Long.BYTES
                + names.utf8().heapBytes();
    }
}
