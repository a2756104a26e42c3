/**
 * `npm run test:chaos [-- --seed N] [--rounds N] [--only NAME …]`: attacks on the built command line, and what they have
 * found. Not a part of `npm test`: it takes minutes, and what it does is drawn by lot. It says its seed, with which it
 * does the same again. Ends with the line `N passed, N failed, N skipped`; the exit code is 1 where one has failed.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Findings } from './findings.ts';
import { Materials } from './materials.ts';
import { chosen, OptionError, optionsOf } from './options.ts';
import { randomOf } from './random.ts';
import { type Scenario, Stage } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';
import { isBuilt } from './shoal.ts';
import { linesOf, type Row, tableOf, tallyOf } from './table.ts';

/** All scenarios together: what is left of them afterwards is tried once each, in seconds. */
const secondsInAll = 11 * 60;

async function main(): Promise<number> {
  const { seed, rounds, only } = optionsOf(process.argv.slice(2));
  const attacks = chosen(scenarios, only);
  if (!isBuilt()) throw new OptionError('Nothing is built yet: npm run build');
  process.stdout.write(`seed ${seed}, at most ${rounds} rounds of each\n`);
  // Paths are compared with those that Shoal tells.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shoal-chaos-')));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
  const materials = new Materials(folder);
  const endMs = performance.now() + secondsInAll * 1_000;
  const rows: Row[] = [];
  try {
    for (const scenario of attacks) {
      const { name, seconds } = scenario;
      const untilMs = Math.min(performance.now() + seconds * 1_000, endMs);
      const random = randomOf(seed, name);
      const stage = new Stage({ folder: join(folder, name), random, rounds, untilMs, materials });
      rows.push(await attack(scenario, stage));
    }
  } finally {
    await materials.stop();
  }
  process.stdout.write(`\n${tableOf(rows)}\n\nseed ${seed}\n${tallyOf(rows)}\n`);
  return rows.some(({ findings }) => findings.verdict === 'failed') ? 1 : 0;
}

/** An attack that breaks down has not been withstood. */
async function attack(scenario: Scenario, stage: Stage): Promise<Row> {
  const findings = new Findings();
  const began = performance.now();
  process.stdout.write(`\n${scenario.name}: ${scenario.promise} …\n`);
  try {
    await scenario.run(stage, findings);
  } catch (error) {
    findings.complain(error instanceof Error ? error.message : String(error));
    if (process.env.SHOAL_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
  }
  const row = { name: scenario.name, findings, seconds: (performance.now() - began) / 1_000 };
  for (const line of [findings.verdict, ...linesOf(row)]) process.stdout.write(`  ${line}\n`);
  return row;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof OptionError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return 2;
});
