import type { FullResult, Reporter, Suite, TestCase } from '@playwright/test/reporter';
import { emptyTally, skippedTest, type Tally, tell } from './tally.ts';

/** Counts the specs. A spec that passed only when it was tried again has failed, and so has one that was never run. */
export default class PlaywrightTally implements Reporter {
  #suite: Suite | undefined;
  #tally: Tally = { ...emptyTally(), failed: ['no spec was run'] };

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  async onEnd(result: FullResult): Promise<void> {
    const tally = emptyTally();
    const tests = this.#suite?.allTests() ?? [];
    for (const test of tests) addTest(tally, test);
    if (result.status !== 'passed' && tally.failed.length === 0) {
      tally.failed.push(tests.length === 0 ? 'no spec was run' : `the run: ${result.status}`);
    }
    this.#tally = tally;
  }

  /** And not in `onEnd`: the other reporters have had their say. */
  async onExit(): Promise<void> {
    tell(this.#tally);
  }

  printsToStdio(): boolean {
    return false;
  }
}

function addTest(tally: Tally, test: TestCase): void {
  const name = test.titlePath().filter(Boolean).join(' > ');
  const outcome = test.outcome();
  if (outcome === 'expected') tally.passed += 1;
  else if (outcome === 'flaky') tally.failed.push(`${name} (flaky: it passed when it was tried again)`);
  // What an interrupt or an earlier failure left out is `skipped` too, but nobody meant it to be.
  else if (test.expectedStatus === 'skipped') {
    const annotation = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
    tally.skipped.push(skippedTest(name, annotation?.description));
  } else tally.failed.push(outcome === 'skipped' ? `${name} (was not run)` : name);
}
