// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Rollup;
import dev.hotlog.log.format.EventFrame;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The cells of the unsealed end, found by what their events share: open addressing, half full at most. For one thread.
final class CellTable {
    private static final int FIRST_CAPACITY = 64;
    private static final int FACTOR = 0x9E3779B1;

    private final CellNames names = new CellNames();
    private @Nullable LiveCell[] slots;
    private int count;

    CellTable() {
        this(FIRST_CAPACITY);
    }

    private CellTable(int capacity) {
        slots = new LiveCell[capacity];
    }

    /// An empty table for about as many cells.
    CellTable emptyAlike() {
        return new CellTable(slots.length);
    }

    CellNames names() {
        return names;
    }

    /// Adds the event to its cell, which is created when the event is the first of its sort.
    void add(LiveSession session, EventFrame event) {
        long quarter = Math.floorDiv(event.cappedMillis(), Rollup.QUARTER_MILLIS);
        int kind = names.kind(event);
        int model = names.model(event);
        int tool = names.tool(event);
        int priceClass = PriceClass.of(event);
        LiveCell last = session.lastUsedCell();
        LiveCell cell = last != null && last.isOf(session, quarter, kind, model, tool, priceClass)
                ? last
                : find(session, quarter, kind, model, tool, priceClass);
        cell.add(event);
    }

    private LiveCell find(LiveSession session, long quarter, int kind, int model, int tool, int priceClass) {
        int slot = hash(session, quarter, kind, model, tool, priceClass) & (slots.length - 1);
        for (LiveCell cell = slots[slot]; cell != null; cell = slots[slot]) {
            if (cell.isOf(session, quarter, kind, model, tool, priceClass)) {
                session.use(cell);
                return cell;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        LiveCell created = new LiveCell(session, quarter, kind, model, tool, priceClass);
        session.addCell(created);
        slots[slot] = created;
        count++;
        if (2 * count > slots.length) {
            grow();
        }
        return created;
    }

    private void grow() {
        @Nullable LiveCell[] old = slots;
        slots = new LiveCell[2 * old.length];
        for (LiveCell cell : old) {
            if (cell != null) {
                int slot = cell.hash() & (slots.length - 1);
                while (slots[slot] != null) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = cell;
            }
        }
    }

    static int hash(LiveSession session, long quarter, int kind, int model, int tool, int priceClass) {
        int hash = session.ordinal() * FACTOR;
        hash = (hash ^ Long.hashCode(quarter)) * FACTOR;
        hash = (hash ^ kind) * FACTOR;
        hash = (hash ^ model) * FACTOR;
        hash = (hash ^ tool) * FACTOR;
        hash = (hash ^ priceClass) * FACTOR;
        return hash ^ (hash >>> Short.SIZE);
    }

    void rollups(Consumer<Rollup> each) {
        forEach(cell -> each.accept(cell.rollup(names)));
    }

    void forEach(Consumer<LiveCell> each) {
        for (LiveCell cell : slots) {
            if (cell != null) {
                each.accept(cell);
            }
        }
    }

    /// Roughly what it takes of the heap.
    long heapBytes() {
        int bytesACell = 200;
        return count * (long) bytesACell
                + slots.length * (long) Integer.BYTES
                + names.utf8().heapBytes();
    }
}
