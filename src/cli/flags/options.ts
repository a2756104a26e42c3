import { InvalidArgumentError, Option } from 'commander';
import type { Box } from '../../shared/boxes.ts';
import { fits, outputFormats } from '../../shared/choices.ts';
import type { PoolFlag } from './pool-flag.ts';

/** The largest pool size: more than this in flight needs more files and sockets than systems give by default. */
export const poolCeiling = 512;

/** `75` is 75×75, `320x240` is 320 by 240. */
export function parseSize(text: string): Box {
  const match = /^(\d+)(?:[x×](\d+))?$/i.exec(text);
  const width = Number(match?.[1]);
  const height = Number(match?.[2] ?? match?.[1]);
  const fine = (side: number) => side >= 1 && side <= 16_383;
  if (!match || !fine(width) || !fine(height)) {
    throw new InvalidArgumentError(`Expected pixels such as 75 or 320x240, from 1 to 16383, got ${text}.`);
  }
  return { width, height };
}

/** The most sizes of one run: `furtherBoxes` in the recipe, and the first. */
const mostSizes = 8;

/** One more `--size`. */
function parseFurtherSize(text: string, sizes: readonly Box[] = []): Box[] {
  const size = parseSize(text);
  if (sizes.some(({ width, height }) => width === size.width && height === size.height)) {
    throw new InvalidArgumentError(`Expected each size once, got ${text} again.`);
  }
  if (sizes.length === mostSizes) throw new InvalidArgumentError(`Expected at most ${mostSizes} sizes.`);
  return [...sizes, size];
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

/** `auto` stays a word here: commander takes undefined for a flag that was given nothing. */
function parsePool(text: string): PoolFlag {
  return text === 'auto' ? text : parseInteger(1, poolCeiling)(text);
}

/** `1,2,4,8,13` */
function parseSizes(text: string): number[] {
  const sizes = text.split(',').map((size) => parseInteger(1, poolCeiling)(size.trim()));
  return [...new Set(sizes)];
}

export const option = {
  pool: (byDefault: string) =>
    new Option('--pool <n>', `items in flight at once, or auto: ${byDefault}`).argParser(parsePool),
  json: () => new Option('--json', 'one JSON object a line: a result as each item ends, then a summary'),
  out: (byDefault: string) => new Option('--out <dir>', `where results go (default: ${byDefault})`),
  force: () => new Option('--force', 'do again what has been done before'),
  durable: () =>
    new Option(
      '--durable',
      'force each file to the disk before it gets its name, so that a power cut loses none',
    ),
  dryRun: () => new Option('--dry-run', 'tell what would be done, and do nothing'),
  size: () =>
    new Option('--size <pixels>', 'the box to fit in, such as 75 or 320x240; repeat it for several sizes')
      .argParser(parseFurtherSize)
      .default(undefined, '75'),
  sizes: () =>
    new Option('--sizes <list>', 'the pool sizes to time')
      .argParser(parseSizes)
      .default([1, 2, 4, 8, 13], '1,2,4,8,13'),
  fit: () => new Option('--fit <fit>', 'how to fit it').choices(fits).default('inside'),
  format: () => new Option('--format <format>', 'what to write').choices(outputFormats).default('same'),
  quality: () =>
    new Option('--quality <n>', '1 to 100, for JPEG, WebP and AVIF')
      .argParser(parseInteger(1, 100))
      .default(80),
} as const;
