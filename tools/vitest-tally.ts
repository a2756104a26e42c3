import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import { emptyTally, skippedTest, type Tally, tell } from './tally.ts';

/** Counts the unit tests. A test that passed only when it was tried again has failed. */
export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const tally = emptyTally();
    for (const module of modules) {
      addBroken(tally, module, module.relativeModuleId);
      for (const suite of module.children.allSuites()) addBroken(tally, suite, nameOf(suite));
      for (const test of module.children.allTests()) addTest(tally, test);
    }
    for (const error of errors) tally.failed.push(`an error outside of any test: ${error.message}`);
    if (modules.length === 0) tally.failed.push('no test was found');
    tell(tally);
  }
}

/** A file or a group that could not be set up: it fails, whatever became of its tests. */
function addBroken(tally: Tally, suite: TestModule | TestSuite, name: string): void {
  if (suite.errors().length > 0) tally.failed.push(`${name} (could not be set up or torn down)`);
}

function addTest(tally: Tally, test: TestCase): void {
  const result = test.result();
  const name = nameOf(test);
  if (result.state === 'passed') {
    if (test.diagnostic()?.flaky) tally.failed.push(`${name} (flaky: it passed when it was tried again)`);
    else tally.passed += 1;
  } else if (result.state === 'skipped' && !isBelowBroken(test)) {
    tally.skipped.push(skippedTest(name, result.note));
  } else {
    tally.failed.push(result.state === 'failed' ? name : `${name} (was not run)`);
  }
}

function isBelowBroken({ parent }: TestCase | TestSuite): boolean {
  return parent.errors().length > 0 || (parent.type === 'suite' && isBelowBroken(parent));
}

function nameOf({ module, fullName }: TestCase | TestSuite): string {
  return `${module.relativeModuleId} > ${fullName}`;
}
