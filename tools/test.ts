/**
 * `npm test`: everything that must hold before a change lands: lint, types, the unit suite, the package, the packed app and
 * the end-to-end specs. Goes on after a failure, so that one run tells all, names what failed and what was skipped, and ends with the
 * line `N passed, N failed, N skipped`.
 *
 * `npm test -- FILE …`: these tests only, unit tests or specs, with nothing built that is not stale. Further arguments
 * (`-t NAME`, `--headed`) go to vitest, or to Playwright.
 */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyTally, linesOf, takeTally, tallyInto } from './tally.ts';

interface Ended {
  readonly fine: boolean;
  /** The end of what it printed. */
  readonly output: string;
}

const tallyFile = join(tmpdir(), `shoal-tally-${process.pid}.json`);
const all = emptyTally();
// npm and npx are scripts on Windows, which only a shell starts.
const shell = process.platform === 'win32';

/** Runs a command, showing what it prints as it prints it. */
async function run([command, ...args]: readonly [string, ...string[]]): Promise<Ended> {
  process.stdout.write(`\n$ ${[command, ...args].join(' ')}\n`);
  const env = { ...process.env, ...tallyInto(tallyFile) };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env, shell });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    output = (output + text).slice(-10_000);
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { fine: code === 0, output };
}

/** Counts as one test, which may be skipped: it then ends well and says `SKIPPED name: why`. */
async function check(name: string, ...command: [string, ...string[]]): Promise<void> {
  const { fine, output } = await run(command);
  const why = /^SKIPPED .*?: (.*)$/m.exec(output)?.[1];
  if (!fine) all.failed.push(name);
  else if (why !== undefined) all.skipped.push({ name, why });
  else all.passed += 1;
}

/** Counts its own tests. One that dies without telling, or with all tests passed, has failed. */
async function suite(name: string, ...command: [string, ...string[]]): Promise<void> {
  const { fine } = await run(command);
  const tally = takeTally(tallyFile);
  all.passed += tally?.passed ?? 0;
  all.skipped.push(...(tally?.skipped ?? []));
  all.failed.push(...(tally?.failed ?? []));
  if (tally === undefined) all.failed.push(`${name} (ended without a result)`);
  else if (!fine && tally.failed.length === 0) all.failed.push(`${name} (ended with an error)`);
}

const specs = (args: readonly string[]) =>
  suite('end-to-end specs', 'npm', 'run', '-s', 'e2e', '--', ...args);
const units = (args: readonly string[]) => suite('unit tests', 'npx', 'vitest', 'run', ...args);

const args = process.argv.slice(2);
if (args.length === 0) {
  if (!shell) await check('tools for the tests', 'bash', 'tools/install-test-tools.sh');
  await check('build', 'npm', 'run', '-s', 'build');
  await check('lint', 'npm', 'run', '-s', 'lint');
  await check('types', 'npm', 'run', '-s', 'typecheck');
  await units([]);
  await check('sharp beside the system GLib', 'npm', 'run', '-s', 'check:glib');
  await check('the package, packed, installed and used', 'npm', 'run', '-s', 'check:package');
  await suite('the packed app', 'npm', 'run', '-s', 'dist:check');
  await specs([]);
} else {
  const isSpec = (arg: string) => /(^|\/)e2e\/|\.spec\b/.test(arg.replaceAll('\\', '/'));
  const isFile = (arg: string) => /\.(test|spec)\b|\//.test(arg) && !arg.startsWith('-');
  const others = args.filter((arg) => !isSpec(arg) && !isFile(arg));
  const specFiles = args.filter(isSpec);
  const unitFiles = args.filter((arg) => isFile(arg) && !isSpec(arg));
  if (unitFiles.length > 0 || specFiles.length === 0) await units([...unitFiles, ...others]);
  if (specFiles.length > 0) await specs([...specFiles, ...others]);
}

process.stdout.write(`\n${linesOf(all).join('\n')}\n`);
process.exitCode = all.failed.length > 0 ? 1 : 0;
