// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes inputs: seeds with a few changes, and now and then bytes that are nothing but chance. For one thread.
final class Mutator {
    private static final int RARELY = 16;
    private static final int MOST_CHANGES = 6;

    private final Random random;
    private final List<byte[]> seeds;
    private final List<byte[]> words;
    private final int mostBytes;

    /// @param seeds inputs to start from; may be none
    /// @param words that mean something to the target, to be put in anywhere
    /// @param mostBytes no input is longer
    Mutator(Random random, List<byte[]> seeds, List<byte[]> words, int mostBytes) {
        this.random = random;
        this.seeds = List.copyOf(seeds);
        this.words = List.copyOf(words);
        this.mostBytes = mostBytes;
    }

    byte[] next() {
        if (seeds.isEmpty() || random.nextInt(RARELY) == 0) {
            return chance(random.nextInt(Math.min(mostBytes, 96)));
        }
        byte[] input = any(seeds).clone();
        for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
            input = changed(input);
        }
        return input.length > mostBytes ? Arrays.copyOf(input, mostBytes) : input;
    }

    private byte[] chance(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] any(List<byte[]> some) {
        return some.get(random.nextInt(some.size()));
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(1 + random.nextInt(64)));
        byte[] piece = Arrays.copyOfRange(input, from, to);
        return switch (random.nextInt(9)) {
            case 0 -> replaced(input, from, to, new byte[0]);
            case 1 -> replaced(input, from, from, chance(1 + random.nextInt(8)));
            case 2 -> replaced(input, from, Math.min(input.length, from + 1), chance(1));
            case 3 -> replaced(input, from, from, words.isEmpty() ? chance(1) : any(words));
            case 4 -> replaced(input, from, to, words.isEmpty() ? chance(1) : any(words));
            case 5 -> replaced(input, random.nextInt(input.length + 1), piece);
            case 6 -> replaced(input, from, to, repeated(piece, 1 + random.nextInt(40)));
            case 7 -> Arrays.copyOf(input, from);
            default -> flipped(input);
        };
    }

    private byte[] flipped(byte[] input) {
        byte[] flipped = input.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return flipped;
    }

    private static byte[] repeated(byte[] piece, int times) {
        byte[] all = new byte[piece.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(piece, 0, all, i * piece.length, piece.length);
        }
        return all;
    }

    private static byte[] replaced(byte[] input, int at, byte[] by) {
        return replaced(input, at, at, by);
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        byte[] all = new byte[input.length - (to - from) + by.length];
        System.arraycopy(input, 0, all, 0, from);
        System.arraycopy(by, 0, all, from, by.length);
        System.arraycopy(input, to, all, from + by.length, input.length - to);
        return all;
    }
}
