import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { needs } from '../../../test/needs.ts';
import { faultsIn } from './actionlint.ts';
import { linesOf, workflowsOf } from './workflows.ts';

const root = join(import.meta.dirname, '../../..');
const workflows = workflowsOf(root);
const release = workflows.find(({ file }) => file === 'release.yml');
if (release === undefined) throw new Error('There is no release.yml.');
const { jobs } = release;
const job = (name: string) => jobs[name] ?? {};

test.each(workflows.map(({ file, text }) => [file, text]))(
  'actionlint has nothing against %s',
  async (file, text) => {
    expect(await faultsIn(text, file)).toEqual([]);
  },
);

test('actionlint would have told of a job that is not there, of an action without its input, of an untrusted text in a script', async () => {
  const faulty = `on: push
jobs:
  a:
    needs: b
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@v4
      - run: echo \${{ github.event.issue.title }}
`;
  const faults = (await faultsIn(faulty, 'faulty.yml')).join('\n');
  expect(faults).toMatch(/needs job "b"/);
  expect(faults).toMatch(/missing input "path"/);
  expect(faults).toMatch(/potentially untrusted/);
});

const withShellcheck = needs('shellcheck', spawnSync('shellcheck', ['--version']).status === 0);
withShellcheck.test('shellcheck has nothing against the scripts of the workflows', () => {
  const scripts = workflows.flatMap(({ jobs }) =>
    Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? [])),
  );
  // What GitHub puts in before a shell sees it. A variable that the job has set is unknown here.
  const script = scripts.map((each) => `(\n${each.replaceAll(/\$\{\{.*?\}\}/g, 'put-in')}\n)`).join('\n');
  const input = `read -r TAG PACKED CHANNEL\n${script}`;
  const { stdout } = spawnSync('shellcheck', ['--shell=bash', '--format=gcc', '-'], {
    input,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test('what the workflows run is there: scripts of package.json, and tools', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const lines = workflows.flatMap((workflow) => Object.values(workflow.jobs).flatMap(linesOf));
  const asked = lines.flatMap((line) =>
    [...line.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script = '']) => script),
  );
  const tools = lines.flatMap((line) =>
    [...line.matchAll(/node (\S+\.[mt]?[jt]s)/g)].map(([, tool = '']) => tool),
  );
  expect(asked.filter((script) => scripts[script] === undefined)).toEqual([]);
  expect(tools.filter((tool) => !existsSync(join(root, tool)))).toEqual([]);
  expect(asked).toEqual(expect.arrayContaining(['e2e', 'dist', 'release:check']));
  expect(tools).toContain('tools/release/assemble.ts');
});

test('nothing of a release is trusted by a name that can be moved', () => {
  const used = Object.values(jobs).flatMap(({ uses, steps = [] }) => [
    uses,
    ...steps.map((step) => step.uses),
  ]);
  const named = used.filter((action): action is string => action?.startsWith('.') === false);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  // The version stands behind it, for people and for what proposes newer ones.
  expect(release.text.match(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm)).toHaveLength(named.length);
});

test('each job may do what it says and no more, and what may write runs none of our code', () => {
  expect(release.permissions).toEqual({});
  const writing = Object.entries(jobs).filter(([, { permissions = {} }]) =>
    Object.values(permissions).includes('write'),
  );
  expect(writing.map(([name]) => name).sort()).toEqual(['draft', 'npm']);
  for (const [, those] of writing) {
    expect(linesOf(those).filter((line) => /npm (ci|install|run)|node /.test(line))).toEqual([]);
    expect(those.steps?.filter(({ uses }) => uses?.startsWith('actions/checkout'))).toEqual([]);
  }
  for (const [name, { permissions, uses }] of Object.entries(jobs)) {
    if (writing.some(([other]) => other === name)) continue;
    expect({ name, uses, permissions }).toEqual({ name, uses, permissions: { contents: 'read' } });
  }
});

test('no text of a person or of a tag is put into a script: it comes by the environment', () => {
  const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
  const put = scripts.flatMap((script) =>
    [...script.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g)].map(([, what = '']) => what),
  );
  expect(put.filter((what) => !what.startsWith('matrix.'))).toEqual([]);
});

test('a draft is made only after the specs on the real Electron, on three systems, and after what was packed was tried', () => {
  const build = job('build');
  const steps = build.steps ?? [];
  const at = (found: (step: (typeof steps)[number]) => boolean | undefined) => steps.findIndex(found);
  const specs = at(({ run }) => run?.includes('npm run e2e'));
  expect(steps[specs]?.env).toEqual({ SHOAL_DRIVER: 'electron' });
  const pack = at(({ run }) => run === 'npm run dist');
  const tried = at(({ run }) => run?.includes('tools/release/try-packed.ts'));
  expect([specs, pack, tried]).toEqual([specs, pack, tried].toSorted((a, b) => a - b));
  expect(specs).toBeGreaterThan(0);
  for (const system of ['ubuntu-22.04', 'macos-latest', 'windows-latest'])
    expect(release.text).toContain(`os: ${system}`);
  expect(JSON.stringify(build)).not.toContain('continue-on-error');
  expect(job('draft').needs).toBe('assemble');
  expect(job('assemble').needs).toEqual(['test', 'build']);
});

test('no release goes without the tests of the very tag, nor is any of its jobs left out', () => {
  expect(job('test').with?.ref).toMatch(/\{ inputs\.tag \|\| github\.ref_name \}/);
  expect(Object.entries(jobs).filter(([, each]) => each.if !== undefined)).toEqual([]);
  const ci = Object.values(workflows.find(({ file }) => file === 'ci.yml')?.jobs ?? {});
  for (const { steps = [] } of ci) {
    const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout'));
    expect(checkout?.with?.ref).toMatch(/\{ inputs\.ref \}/);
  }
});

test('what is uploaded has the feed of each system, whatever the version', () => {
  const upload = job('build').steps?.find((step) => String(step.with?.name).startsWith('release-'));
  expect(String(upload?.with?.path).trim().split('\n')).toContain('dist-app/latest*.yml');
});

test('npm gets the file of the release, when a person lets it', () => {
  expect(job('npm').environment).toBe('npm');
  expect(linesOf(job('npm')).join()).toMatch(/npm publish "\.\/release\/shoal-.*\.tgz" --provenance/);
  expect(job('npm').needs).toBe('draft');
});
