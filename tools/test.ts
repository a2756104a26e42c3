/**
 * `npm test`: everything that must hold before a change lands: lint, types, the unit suite and the end-to-end
 * specs. Goes on after a failure, so that one run tells all, and ends with the line `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
  passed: number;
  failed: number;
}

const total: Count = { passed: 0, failed: 0 };
const reports = mkdtempSync(join(tmpdir(), 'shoal-test-'));

function run(command: string, args: string[]): boolean {
  process.stdout.write(`\n$ ${[command, ...args].join(' ')}\n`);
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

/** A check without counts of its own counts as one. */
function check(name: string, command: string, ...args: string[]): void {
  const fine = run(command, args);
  total[fine ? 'passed' : 'failed'] += 1;
  if (!fine) process.stdout.write(`FAILED: ${name}\n`);
}

/** A suite that writes how many passed and failed; one that dies without telling counts as a failure. */
function suite(name: string, read: () => Count, command: string, ...args: string[]): void {
  const fine = run(command, args);
  let count: Count;
  try {
    count = read();
  } catch {
    count = { passed: 0, failed: 1 };
  }
  if (!fine && count.failed === 0) count.failed = 1;
  if (count.failed > 0)
    process.stdout.write(`FAILED: ${name}, ${count.failed} of ${count.passed + count.failed}\n`);
  total.passed += count.passed;
  total.failed += count.failed;
}

const unitReport = join(reports, 'unit.json');

check('lint', 'npm', 'run', '-s', 'lint');
check('types', 'npm', 'run', '-s', 'typecheck');
suite(
  'unit tests',
  () => {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(unitReport, 'utf8')) as Record<
      string,
      number
    >;
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
  },
  'npx',
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unitReport}`,
);
rmSync(reports, { recursive: true, force: true });

process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
