import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/** Wrong usage: nothing has been done. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

export interface ChaosOptions {
  readonly seed: number;
  /** The most rounds of any scenario, and as many kills. */
  readonly rounds: number;
  /** Names of scenarios, or their beginnings; all where there are none. */
  readonly only: readonly string[];
}

const options = {
  seed: { type: 'string' },
  rounds: { type: 'string', default: '50' },
  only: { type: 'string', multiple: true, default: [] as string[] },
} as const;

/** @throws OptionError */
export function optionsOf(args: readonly string[]): ChaosOptions {
  try {
    const { values } = parseArgs({ args: [...args], options });
    return {
      seed:
        values.seed === undefined ? randomInt(2 ** 32) : wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
      rounds: wholeNumber('--rounds', values.rounds, 1, 10_000),
      only: values.only,
    };
  } catch (error) {
    throw error instanceof OptionError ? error : new OptionError((error as Error).message);
  }
}

/** The scenarios that are asked for, in their own order. @throws OptionError where there are none of a name. */
export function chosen<Named extends { readonly name: string }>(
  all: readonly Named[],
  only: readonly string[],
): Named[] {
  for (const name of only) {
    if (all.some((each) => each.name.startsWith(name))) continue;
    throw new OptionError(
      `No scenario is called ${name}. There are: ${all.map((each) => each.name).join(', ')}.`,
    );
  }
  return all.filter(({ name }) => only.length === 0 || only.some((start) => name.startsWith(start)));
}

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new OptionError(`Expected ${flag} to be a whole number from ${least} to ${most}, got ${text}.`);
  }
  return number;
}
