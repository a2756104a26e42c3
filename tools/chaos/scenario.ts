import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from './findings.ts';
import type { Materials } from './materials.ts';
import type { Random } from './random.ts';

/** One attack: a promise of the product, and what would break it. */
export interface Scenario {
  readonly name: string;
  /** What holds whatever happens, in a sentence. */
  readonly promise: string;
  /** How long its rounds may take together; further ones are left out, and the table tells how many there were. */
  readonly seconds: number;
  run(stage: Stage, findings: Findings): Promise<void>;
}

export interface StageSettings {
  readonly folder: string;
  readonly random: Random;
  /** The most that any scenario repeats itself. */
  readonly rounds: number;
  /** When no further round may begin, in the milliseconds of `performance.now()`. */
  readonly untilMs: number;
  readonly materials: Materials;
}

/** What a scenario is given to work with. */
export class Stage {
  readonly random: Random;
  readonly materials: Materials;
  readonly #folder: string;
  readonly #rounds: number;
  readonly #untilMs: number;

  constructor({ folder, random, rounds, untilMs, materials }: StageSettings) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.random = random;
    this.#rounds = rounds;
    this.#untilMs = untilMs;
    this.materials = materials;
  }

  get kills(): number {
    return this.#rounds;
  }

  /** Counts rounds up to as many as are wanted, as long as there is time; there is always a first. */
  *roundsOf(wanted: number, findings: Findings): Generator<number> {
    const count = Math.min(wanted, this.#rounds);
    findings.roundsWanted += count;
    for (let round = 0; round < count; round += 1) {
      if (round > 0 && performance.now() > this.#untilMs) return;
      findings.rounds += 1;
      yield round;
    }
  }

  /** A new folder of a round's own, with a place for its results and one for its ledger. */
  site(): Site {
    const folder = mkdtempSync(join(this.#folder, 'round-'));
    return new Site(folder);
  }
}

/** Where one round takes place; gone when the round is over. */
export class Site implements Disposable {
  readonly folder: string;
  readonly out: string;
  readonly state: string;

  constructor(folder: string) {
    this.folder = folder;
    this.out = join(folder, 'out');
    this.state = join(folder, 'state');
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
