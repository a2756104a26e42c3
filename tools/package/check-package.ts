/**
 * `npm run check:package`: packs what is built, installs that in an empty project from npm's registry, and uses it there
 * as those do who have no checkout: README's example as a module and as CommonJS, TypeScript in each of its ways to find
 * types, the command line, a bundler; on the oldest Node that `engines` allows and on the newest that is tested.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import sharp from 'sharp';
import { engineBuild, isStale } from '../build-stamps.ts';
import { checkBundler } from './check-bundler.ts';
import { checkExample, writeMaterial } from './check-example.ts';
import { checkTypes } from './check-types.ts';
import { install } from './install.ts';
import { manifestOf } from './manifest.ts';
import { npm, run, withNode } from './npm.ts';
import { pack } from './pack.ts';
import { smallPictures } from './small-pictures.ts';

const root = join(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'shoal-package-'));
const project = join(work, 'project');
let failed = false;

async function check(name: string, what: () => Promise<string | undefined>): Promise<void> {
  const from = performance.now();
  let how = 'ok';
  try {
    how = `ok${await what().then((remark) => (remark === undefined ? '' : `: ${remark}`))}`;
  } catch (error) {
    failed = true;
    how = `FAILED: ${error instanceof Error ? error.message : error}`;
  }
  console.log(`${name} (${((performance.now() - from) / 1_000).toFixed(1)} s) ${how}`);
}

/** The oldest Node that is allowed, as npm has it, once for all checks of this checkout. */
async function oldestNode(): Promise<string> {
  const [, oldest = ''] = /(\d+)/.exec(manifestOf(root).engines.node) ?? [];
  const folder = join(root, 'node_modules/.cache/shoal', `node-${oldest}`);
  const node = join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, allowScripts: { node: true } }),
    );
    await npm(['install', `node@${oldest}`], folder);
  }
  return node;
}

try {
  if (isStale(engineBuild)) throw new Error('dist/ is not of these sources: npm run build:engine');
  const { tarball, files, size } = await pack(root, work);
  await check('files', async () => {
    const foreign = files.filter((path) => /\.map$|\.ts$|^(out|src|tools|resources)\//.test(path));
    if (foreign.length > 0) throw new Error(`in the package is ${foreign.join(', ')}`);
    const asked = [
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/index.d.cts',
      'dist/shoal.1',
    ];
    const missing = asked.filter((path) => !files.includes(path));
    if (missing.length > 0) throw new Error(`not in the package is ${missing.join(', ')}`);
    return `${files.length} files, ${(size / 1e6).toFixed(1)} MB packed`;
  });
  await check('npm install', async () => {
    const { packages, megabytes } = await install(tarball, project);
    return `${packages} packages, ${megabytes} MB`;
  });
  writeMaterial(project);
  mkdirSync(join(project, 'photos'));
  await sharp({ create: { width: 640, height: 480, channels: 3, background: 'teal' } })
    .jpeg()
    .toFile(join(project, 'photos/teal.jpg'));
  for (const [name, bytes] of Object.entries(smallPictures))
    writeFileSync(join(project, 'photos', name), bytes);
  await check('publint', async () => {
    const pkgDir = join(project, 'node_modules/shoal');
    const { messages, pkg } = await publint({ pkgDir, strict: true });
    if (messages.length === 0) return undefined;
    throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'));
  });
  await check('attw', async () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    await run([process.execPath, attw, tarball, '--no-color', '--format', 'ascii'], work);
    return undefined;
  });
  await check('types', async () => `${await checkTypes(project, root)} programs compiled`);
  await check('bundler', async () => {
    const inside = await checkBundler(project);
    // Functions work, modules say why not.
    if (!/^2 .*keep shoal external/.test(inside)) throw new Error(`inside a bundle it gave: ${inside}`);
    return undefined;
  });
  for (const node of [await oldestNode(), process.execPath]) {
    const version = (await run([node, '--version'], work)).output.trim();
    await check(`README's example on Node ${version}`, async () => {
      await checkExample(project, root, node);
      return undefined;
    });
    await check(`npx shoal thumbs on Node ${version}`, async () => {
      const out = join(project, `thumbs-${version}`);
      const { output, remarks } = await run(
        ['npx', '--no', 'shoal', 'thumbs', 'photos', '--out', out, '--json'],
        project,
        withNode(node),
      );
      const made = existsSync(out) ? readdirSync(out) : [];
      if (made.length !== 1 + Object.keys(smallPictures).length) throw new Error(output + remarks);
      if (/warning/i.test(remarks)) throw new Error(remarks);
      return `${made.length} pictures`;
    });
  }
} catch (error) {
  failed = true;
  console.error(error);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
