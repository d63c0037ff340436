// SPDX-License-Identifier: Apache-2.0
//
// Writes the table of prices, from the package @pydantic/genai-prices unpacked in the folder that is named.
// Whatever the table cannot say ends it with an error, so that no price is taken for another.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const about = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const { findProvider } = await import(pathToFileURL(`${folder}/${about.module}`));

// In this order: of patterns, the first that matches counts, and those of clouds that sell Claude are wide.
const MAKERS = ['anthropic', 'openai', 'aws', 'google', 'x-ai', 'moonshotai', 'deepseek', 'mistral', 'zai'];
const COLUMNS = ['input_mtok', 'output_mtok', 'cache_read_mtok', 'cache_write_mtok', 'cache_write_1h_mtok'];
// Sizes of prompts that the program tells apart; the source counts up to one below or up to it.
const TIERS = [128000, 200000, 272000];
// Speech does not come from coding agents; the models that are spoken to have exact names of their own.
const NOT_SPEECH = '^(?!.*-[tT][tT][sS](?:$|-))';
const HALF_A_DAY = 12 * 3600;

function fail(problem) {
    console.error(`the table cannot say: ${problem}`);
    process.exit(1);
}

// Patterns: `*` at an end stands for any text, `#` for a digit.
function patterns(match) {
    const [kind, value] = Object.entries(match)[0];
    switch (kind) {
        case 'equals': return [value];
        case 'starts_with': return [`${value}*`];
        case 'ends_with': return [`*${value}`];
        case 'contains': return [`*${value}*`];
        case 'regex': return [digits(value)];
        case 'or': return value.flatMap(patterns);
        case 'and': {
            const rest = value.filter((part) => part.regex !== NOT_SPEECH);
            return rest.length === 1 ? patterns(rest[0]) : fail(JSON.stringify(match));
        }
        default: return fail(JSON.stringify(match));
    }
}

function digits(regex) {
    const text = regex
        .replace(/^\^/, '')
        .replace(/\\d\{(\d+)\}/g, (_, count) => '#'.repeat(Number(count)))
        .replace(/\\d/g, '#')
        .replace(/\\\./g, '.');
    const open = text.endsWith('$') ? text.slice(0, -1) : `${text}*`;
    return regex.startsWith('^') && /^[\w./#-]+\*?$/.test(open) ? open : fail(regex);
}

function seconds(time) {
    const [hours, minutes] = time.split(':').map(Number);
    return hours * 3600 + minutes * 60;
}

// Prices by the date from which they hold. Of those that change within a day, the one that holds for most of it.
function dated(model) {
    if (!Array.isArray(model.prices)) {
        return [['', model.prices]];
    }
    const rows = [];
    for (const { constraint, prices } of model.prices) {
        if (constraint?.type === 'time_of_date') {
            const length = (seconds(constraint.end_time) - seconds(constraint.start_time) + 86400) % 86400;
            if (length > HALF_A_DAY) {
                rows[rows.length - 1] = [rows.at(-1)[0], prices];
            }
        } else {
            rows.push([constraint?.start_date ?? '', prices]);
        }
    }
    return rows;
}

function price(figure, over) {
    if (figure === undefined) {
        return '';
    }
    if (typeof figure === 'number') {
        return String(figure);
    }
    const reached = figure.tiers.filter((tier) => size(tier.start) <= over).at(-1);
    return String(reached ? reached.price : figure.base);
}

function size(start) {
    return TIERS.find((tier) => tier === start || tier === start + 1) ?? fail(`a tier of ${start} tokens`);
}

function rows(model, match) {
    return dated(model).flatMap(([from, prices]) => {
        if (prices.input_mtok === undefined || prices.output_mtok === undefined) {
            return [];
        }
        const tiers = COLUMNS.flatMap((column) => prices[column]?.tiers ?? []).map((tier) => size(tier.start));
        return [0, ...[...new Set(tiers)].sort((a, b) => a - b)].map((over) =>
            [match, from, over || '', ...COLUMNS.map((column) => price(prices[column], over))].join(','));
    });
}

// The cloud's own names of Claude alone: a model under its maker's name is taken to be bought from the maker.
function sold(maker, match) {
    return maker !== 'aws' || match.includes('anthropic.');
}

const today = new Date().toISOString().slice(0, 10);
console.log(`# Prices of models in US dollars per million tokens of text; docs/prices.md tells how to read them.
# Source: the npm package ${about.name} ${about.version}, MIT License,
# Copyright (c) Pydantic Services Inc. 2025 to present. Figures taken on ${today} by agents/prices/refresh.
match,from,over,input,output,cache_read,cache_write_5m,cache_write_1h`);
for (const maker of MAKERS) {
    console.log(`# ${maker}`);
    for (const model of findProvider({ providerId: maker }).models) {
        const names = [...new Set(patterns(model.match).map((name) => name.toLowerCase()))]
            .filter((match) => sold(maker, match));
        if (names.length > 0) {
            rows(model, names.join(' ')).forEach((row) => console.log(row));
        }
    }
}
