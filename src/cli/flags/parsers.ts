import { InvalidArgumentError } from 'commander';
import { nameTemplateFault } from '../../shared/naming/name-template.ts';
import type { Box } from '../../shared/settings/boxes.ts';
import { shardFault } from '../../shared/settings/shard.ts';
import { mostSizes, thumbnailSettings } from '../../shared/settings/thumbnail-settings.ts';
import { writtenBytes, writtenHeader } from '../../shared/settings/written-values.ts';
import type { PoolFlag } from './pool-flag.ts';

/** `75` is 75×75, `320x240` is 320 by 240. */
export function parseSize(text: string): Box {
  const { min, max } = thumbnailSettings.box;
  const match = /^(\d+)(?:[x×](\d+))?$/i.exec(text);
  const width = Number(match?.[1]);
  const height = Number(match?.[2] ?? match?.[1]);
  const fine = (side: number) => side >= min && side <= max;
  if (!match || !fine(width) || !fine(height)) {
    throw new InvalidArgumentError(
      `Expected pixels such as 75 or 320x240, from ${min} to ${max}, got ${text}.`,
    );
  }
  return { width, height };
}

/** Adds one more `--size` to those given before. */
export function parseFurtherSize(text: string, sizes: readonly Box[] = []): Box[] {
  const size = parseSize(text);
  if (sizes.some(({ width, height }) => width === size.width && height === size.height)) {
    throw new InvalidArgumentError(`Expected each size once, got ${text} again.`);
  }
  if (sizes.length === mostSizes) throw new InvalidArgumentError(`Expected at most ${mostSizes} sizes.`);
  return [...sizes, size];
}

/** An optional value swallows the next word of the command line: if that is a list, the error says so. */
export function parseThumbs(text: string): Box {
  try {
    return parseSize(text);
  } catch {
    throw new InvalidArgumentError(
      `Expected pixels such as 75 or 320x240, got ${text}. To leave the size out, put --thumbs last.`,
    );
  }
}

/** Adds one more choice to those given before. What was there without any is not among them. */
export function parseFurtherChoice(
  choices: readonly string[],
): (text: string, before?: readonly string[] | string) => string[] {
  return (text, before = []) => {
    const given = typeof before === 'string' ? [] : before;
    if (!choices.includes(text)) {
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    }
    if (given.includes(text)) throw new InvalidArgumentError(`Expected each once, got ${text} again.`);
    return [...given, text];
  };
}

export function parseInteger(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}, got ${text}.`);
    }
    return value;
  };
}

/** `0.5` */
export function parseNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+(\.\d+)?$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`Expected a number from ${least} to ${most}, got ${text}.`);
    }
    return value;
  };
}

/** Keeps `auto` as a word: for commander, undefined means that the flag had no value. */
export function parsePool(least: number, most: number): (text: string) => PoolFlag {
  return (text) => (text === 'auto' ? text : parseInteger(least, most)(text));
}

/** `1,2,4,8,13` */
export function parsePools(least: number, most: number): (text: string) => number[] {
  return (text) => {
    const sizes = text.split(',').map((size) => parseInteger(least, most)(size.trim()));
    return [...new Set(sizes)];
  };
}

/** `10M` */
export function parseBytes(least: number, rate: string): (text: string) => number {
  return (text) => {
    const bytes = writtenBytes(text);
    if (bytes === undefined || bytes < 1) {
      throw new InvalidArgumentError(`Expected bytes such as 500k or 10M, got ${text}.`);
    }
    if (bytes < least) {
      throw new InvalidArgumentError(
        `Expected ${least / 1024}k (${least} bytes)${rate} or more, got ${text}.`,
      );
    }
    if (bytes > Number.MAX_SAFE_INTEGER) {
      throw new InvalidArgumentError(
        `Expected at most ${Number.MAX_SAFE_INTEGER} bytes${rate}, got ${text}.`,
      );
    }
    return bytes;
  };
}

interface SecondsBounds {
  readonly min?: number;
  readonly moreThan?: number;
  readonly max: number;
}

export function parseSeconds({ min = 0, moreThan, max }: SecondsBounds): (text: string) => number {
  const bounds =
    moreThan === undefined ? ` from ${min} to ${max}` : `, more than ${moreThan} and up to ${max}`;
  return (text) => {
    const value = Number(text);
    const isBelow = moreThan === undefined ? value < min : value <= moreThan;
    if (!/^\d+(\.\d+)?$/.test(text) || isBelow || value > max) {
      throw new InvalidArgumentError(`Expected seconds${bounds}, got ${text}.`);
    }
    return value;
  };
}

/** Seconds as they are written, as milliseconds. */
export function parseMilliseconds({ min, max }: { min: number; max: number }): (text: string) => number {
  const parse = parseSeconds({ min: min / 1_000, max: max / 1_000 });
  return (text) => Math.round(parse(text) * 1_000);
}

/** One JSON value: two would leave open which of them holds. */
export function parseJson(text: string, before: unknown): unknown {
  if (before !== undefined) throw new InvalidArgumentError('Expected it once.');
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? ` (${error.message})` : '';
    throw new InvalidArgumentError(`Expected JSON such as '{"width": 800}', got ${text}${why}.`);
  }
}

/** One `K: V`, added to the headers given before. */
export function parseHeader(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const header = writtenHeader(text);
  if (header === undefined) {
    throw new InvalidArgumentError(
      `Expected a header such as "Accept: image/webp", got ${JSON.stringify(text)}.`,
    );
  }
  return { ...before, [header.name]: header.value };
}

/** One more text, added to those given before. */
export function parseFurtherText(text: string, before: readonly string[] = []): string[] {
  if (text === '') throw new InvalidArgumentError('Expected a text that is not empty.');
  return [...before, text];
}

export function parseText(pattern: RegExp, expected: string): (text: string) => string {
  return (text) => {
    if (text !== '' && pattern.test(text)) return text;
    throw new InvalidArgumentError(`Expected ${expected}.`);
  };
}

/** `{name}-s.{ext}` */
export function parseNameTemplate(text: string): string {
  return unlessFault(text, nameTemplateFault(text));
}

/** `3/8` */
export function parseShard(text: string): string {
  return unlessFault(text, shardFault(text));
}

/** @param fault "Expected …", with a comma at its end where a part of the sentence has one before it. */
function unlessFault(text: string, fault: string | undefined): string {
  if (fault === undefined) return text;
  throw new InvalidArgumentError(`${fault.replace(/,$/, '')}, got ${text}.`);
}

/** `robots,noai` */
export function parseChoices(choices: readonly string[]): (text: string) => string[] {
  const several = choices.length === 2 ? 'both' : 'several';
  return (text) =>
    text.split(',').map((part) => {
      const choice = part.trim();
      if (choices.includes(choice)) return choice;
      throw new InvalidArgumentError(
        `Expected ${choices.join(', ')} or ${several} with a comma, got ${choice}.`,
      );
    });
}

export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

/** `9464` is of this machine alone; `0.0.0.0:9464` or `[::]:9464` of all that reach it. */
export function parseMetricsAddress(text: string): MetricsAddress {
  const [, bracketed, name, digits] = /^(?:\[([\da-f:.]+)\]:|([^\s:[\]]+):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) {
    throw new InvalidArgumentError(`Expected a port such as 9464, or HOST:PORT, got ${text}.`);
  }
  return { host: bracketed ?? name ?? '127.0.0.1', port };
}
