import { textOfValue } from '../../shared/text-of-value.ts';

/** So many characters of a value are told at most, and where the run's values have been long, of each further one. */
const most = 4_000;
const mostLater = 100;
/** So many characters of a run's values are told before the rest is kept short. */
const inFull = 32 * 1_024 * 1_024;

/** The values of one run as text. Rows, reports and journals hold them, so that all together they have a bound. */
export class ToldValues {
  #told = 0;

  tell(value: unknown): string {
    const text = textOfValue(value);
    const room = this.#told < inFull ? most : mostLater;
    const told = text.length > room ? `${text.slice(0, room)}…` : text;
    this.#told += told.length;
    return told;
  }
}
