import type { Failure } from '../../shared/failure.ts';

/** So many characters of a message are kept. */
const longestMessage = 4_000;
/** So many characters of where and why the items of a run failed are kept before the rest is left out. */
const inFull = 8 * 1_024 * 1_024;

/** The failures of one run. Rows, reports and journals hold them, so that all together they have a bound. */
export class ToldFailures {
  #told = 0;

  tell(failure: Failure): Failure {
    const { stack, details, cause, message, ...short } = failure;
    const isLong = message.length > longestMessage;
    const told = isLong ? { ...failure, message: `${message.slice(0, longestMessage)}…` } : failure;
    if (stack === undefined && details === undefined && cause === undefined) return told;
    if (this.#told > inFull) return { ...short, message: told.message };
    this.#told += JSON.stringify({ stack, details, cause }).length;
    return told;
  }
}
