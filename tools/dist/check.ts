/**
 * `npm run dist:check`: packs the app with a stub of Electron, takes the archive apart again, and checks what a person would get.
 * Needs no network. `node tools/dist/check.ts --keep` looks at what was packed before; a name after that runs one check.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { distFolder } from '../../resources/builder/electron-builder.config.ts';
import { emptyTally, type Tally, tell } from '../tally.ts';
import { packWithStub } from './pack.ts';
import { type DistCheck, extractTree, type Tree } from './tree.ts';

const root = join(import.meta.dirname, '../..');
const [keep, only] = process.argv.slice(2);
if (keep !== undefined && keep !== '--keep') throw new Error(`expected --keep, got ${keep}`);

async function wantedChecks(): Promise<DistCheck[]> {
  const checks = await allChecks();
  const wanted = checks.filter(({ name }) => only === undefined || name === only);
  if (wanted.length > 0) return wanted;
  throw new Error(`${only} is none of the checks: ${checks.map(({ name }) => name).join(', ')}`);
}

async function allChecks(): Promise<DistCheck[]> {
  const folder = join(import.meta.dirname, 'checks');
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const modules = files.map(async (file) => {
    const { check } = (await import(pathToFileURL(join(folder, file)).href)) as { check?: DistCheck };
    if (check === undefined) throw new Error(`tools/dist/checks/${file} exports no check`);
    return check;
  });
  return Promise.all(modules);
}

async function runChecks(): Promise<Tally> {
  const checks = await wantedChecks();
  const before = join(root, distFolder, 'linux-unpacked');
  const packed = keep === '--keep' && existsSync(before) ? before : await packWithStub();
  // Outside of the checkout, whose node_modules would stand in for what the app lacks.
  const work = mkdtempSync(join(tmpdir(), 'shoal-dist-'));
  const tree = extractTree(root, packed, join(work, 'app'));
  const tally = emptyTally();
  for (const check of checks) await runCheck(check, tree, tally);
  rmSync(work, { recursive: true, force: true });
  return tally;
}

async function runCheck({ name, run }: DistCheck, tree: Tree, tally: Tally): Promise<void> {
  const fullName = `dist:check > ${name}`;
  const from = performance.now();
  let how = 'ok';
  try {
    const skipped = (await run(tree))?.skipped;
    if (skipped === undefined) tally.passed += 1;
    else {
      how = `skipped: ${skipped}`;
      tally.skipped.push({ name: fullName, why: skipped });
    }
  } catch (error) {
    how = `FAILED: ${error instanceof Error ? error.message : error}`;
    tally.failed.push(fullName);
  }
  console.log(`${name} (${((performance.now() - from) / 1_000).toFixed(1)} s) ${how}`);
}

/** What is packed is for Linux, and so are its launcher, its package and sharp. Others are tried by the release, with Electron. */
const tally =
  process.platform === 'linux'
    ? await runChecks()
    : { ...emptyTally(), skipped: [{ name: 'dist:check', why: 'it packs for Linux' }] };
tell(tally);
process.exitCode = tally.failed.length > 0 ? 1 : 0;
