/**
 * `npm test`: everything that must hold before a change lands: lint, types, the unit suite and the end-to-end
 * specs. Goes on after a failure, so that one run tells all, and ends with the line `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Ended {
  readonly fine: boolean;
  /** The end of what it printed. */
  readonly output: string;
}

const unitReport = join(tmpdir(), `shoal-unit-tests-${process.pid}.json`);
const failures: string[] = [];
let passed = 0;
let failed = 0;

/** Runs a command, showing what it prints as it prints it. */
async function run(command: string, args: readonly string[]): Promise<Ended> {
  process.stdout.write(`\n$ ${[command, ...args].join(' ')}\n`);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    output = (output + text).slice(-10_000);
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { fine: code === 0, output };
}

/** A check counts as one; a suite tells how many passed and failed, and one that dies without telling as a failure. */
async function check(
  name: string,
  command: readonly [string, ...string[]],
  countOf: (ended: Ended) => Count = ({ fine }) =>
    fine ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
): Promise<void> {
  const [program, ...args] = command;
  const ended = await run(program, args);
  const count = countOf(ended);
  const missed = ended.fine ? count.failed : Math.max(1, count.failed);
  passed += count.passed;
  failed += missed;
  if (missed > 0) failures.push(`${name}: ${missed} failed`);
}

function countOfVitest(): Count {
  try {
    const report = JSON.parse(readFileSync(unitReport, 'utf8')) as Record<string, number>;
    return { passed: report.numPassedTests ?? 0, failed: report.numFailedTests ?? 0 };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(unitReport, { force: true });
  }
}

function countOfLastLine({ output }: Ended): Count {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  return last ? { passed: Number(last[1]), failed: Number(last[2]) } : { passed: 0, failed: 1 };
}

await check('tools for the tests', ['bash', 'tools/install-test-tools.sh']);
await check('build', ['npm', 'run', '-s', 'build']);
await check('lint', ['npm', 'run', '-s', 'lint']);
await check('types', ['npm', 'run', '-s', 'typecheck']);
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
await check('unit tests', ['npx', 'vitest', 'run', ...reporters], countOfVitest);
await check('sharp beside the system GLib', ['npm', 'run', '-s', 'check:glib']);
await check('end-to-end specs', ['npm', 'run', '-s', 'e2e'], countOfLastLine);

for (const failure of failures) process.stdout.write(`\nFAILED: ${failure}`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
