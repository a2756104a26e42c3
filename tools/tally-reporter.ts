import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';

/** The last line of a run, plain enough for a script to read. */
export default class TallyReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  /** `onExit` and not `onEnd`: the other reporters have had their say. */
  async onEnd(result: FullResult): Promise<void> {
    const tests = this.suite?.allTests() ?? [];
    const passed = tests.filter((test) => ['expected', 'flaky'].includes(test.outcome())).length;
    const skipped = tests.filter((test) => test.outcome() === 'skipped').length;
    // What was never run (an interrupt, a broken file) did not pass.
    const failed = tests.length - passed - skipped + (result.status === 'passed' || tests.length > 0 ? 0 : 1);
    this.line = `${passed} passed, ${failed} failed`;
  }

  async onExit(): Promise<void> {
    console.log(this.line);
  }

  printsToStdio(): boolean {
    return false;
  }

  private line = '0 passed, 1 failed';
}
