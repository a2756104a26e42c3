import { type Stage, type StageMs, stages } from '../../shared/stages.ts';
import { NumberColumn } from './number-column.ts';

/** The largest share: one more would be what a column of bytes keeps for "none". */
const whole = 254;

/**
 * Which part of an item's time each stage took, in one byte a stage: an image has five, a transfer seven, and one that
 * becomes a thumbnail eleven.
 */
export class StageShares {
  readonly #columns = stages.map((stage) => ({ stage, shares: new NumberColumn() }));

  set(index: number, ms: StageMs): void {
    const sum = Object.values(ms).reduce((total, each) => total + each, 0);
    if (sum <= 0) return;
    for (const { stage, shares } of this.#columns) {
      const share = Math.round(((ms[stage] ?? 0) / sum) * whole);
      if (share > 0) shares.set(index, share);
    }
  }

  /** Undefined where the stages of an item are not known. */
  at(index: number): Partial<Record<Stage, number>> | undefined {
    const found = this.#columns.flatMap(({ stage, shares }) => {
      const share = shares.at(index);
      return share === undefined ? [] : [[stage, share] as const];
    });
    return found.length === 0 ? undefined : Object.fromEntries(found);
  }
}
