import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Job } from 'kubernetes-models/batch/v1';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesBelow } from './images/image-folders.ts';
import { sampleJpeg } from './images/sample-images.ts';
import { onLinux } from './needs.ts';
import { parseEvents, repositoryRoot, shoalBin } from './run-shoal.ts';
import { startServer, text } from './servers/test-server.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

const deploy = join(repositoryRoot, 'deploy');
const manifest = join(deploy, 'kubernetes/indexed-job.yaml');

interface Ran {
  readonly code: number;
  readonly stderr: string;
}

/** A folder with a `shoal` command, as an installed one, and other programs that stand for what a test does not have. */
function binaries(programs: Readonly<Record<string, string>> = {}): string {
  const folder = tempFolder();
  const shoal = `#!/bin/sh\nexec '${process.execPath}' '${shoalBin}' "$@"\n`;
  for (const [name, script] of Object.entries({ shoal, ...programs })) {
    writeFiles(folder, { [name]: script });
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv, path = binaries()): Promise<Ran> {
  const own = { ...process.env, NO_COLOR: '1', PATH: `${path}:${process.env.PATH}`, ...env };
  return new Promise((resolve) => {
    execFile(file, args, { env: own }, (error, _stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stderr }),
    );
  });
}

/** A place with a list of one file of each of some hosts, and what all reports together say of them. */
async function placeWithList(hosts: number) {
  const stack = new AsyncDisposableStack();
  const urls: string[] = [];
  for (let host = 0; host < hosts; host += 1) {
    urls.push(`${stack.use(await startServer(text('a file'))).origin}/${host}.txt`);
  }
  const place = tempFolder();
  writeFiles(place, { 'urls.txt': urls.join('\n') });
  const reported = () =>
    readdirSync(join(place, 'reports'))
      .flatMap((report) => parseEvents(readFileSync(join(place, 'reports', report), 'utf8')).results)
      .map(({ input, status }) => `${status} ${input}`)
      .toSorted();
  const wanted = urls.map((url) => `done ${url}`).toSorted();
  return { place, reported, wanted, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const numbers = (of: number) => Array.from({ length: of }, (_, at) => at);

onLinux.test('the Slurm array fetches each URL of the list once', async () => {
  await using list = await placeWithList(10);
  const script = join(deploy, 'slurm/fetch.sbatch');
  const [, last = ''] = /^#SBATCH --array=1-(\d+)$/m.exec(readFileSync(script, 'utf8')) ?? [];
  expect(readFileSync(script, 'utf8')).toContain(`\nshards=${last}\n`);
  const args = [script, join(list.place, 'urls.txt'), list.place];
  for (const at of numbers(Number(last))) {
    expect(await run('bash', args, { SLURM_ARRAY_TASK_ID: String(at + 1) })).toEqual({ code: 0, stderr: '' });
  }
  expect(list.reported()).toEqual(list.wanted);
});

const job = () => parse(readFileSync(manifest, 'utf8'));

test('the Kubernetes manifest is one that Kubernetes takes', () => {
  new Job(job()).validate();
  const { spec } = job();
  expect(() => new Job({ ...job(), spec: { ...spec, completions: 'eight' } }).validate()).toThrow();
  const [{ env }] = spec.template.spec.containers;
  expect(env).toContainEqual({ name: 'SHARDS', value: String(spec.completions) });
});

onLinux.test('the pods of the Kubernetes job fetch each URL of the list once', async () => {
  await using list = await placeWithList(10);
  const { completions, template } = job().spec;
  const [{ command, args }] = template.spec.containers;
  const [program, ...flags] = command as [string, ...string[]];
  for (const at of numbers(completions)) {
    const env = { JOB_COMPLETION_INDEX: String(at), SHARDS: String(completions), PLACE: list.place };
    expect(await run(program, [...flags, ...args], env)).toEqual({ code: 0, stderr: '' });
  }
  expect(list.reported()).toEqual(list.wanted);
});

/** Runs the command here, and tells for which machine. */
const sshHere = `#!/bin/sh
while [ "$1" != -- ]; do shift; done
[ "$2" = unreachable ] && exit 255
echo "$2" >>"$HEARD"
exec sh -c "$3"
`;

onLinux.test('run.sh has each machine fetch its shard, and ends with the worst code', async () => {
  await using list = await placeWithList(10);
  const heard = join(tempFolder(), 'heard');
  writeFiles(list.place, {
    hosts: '# three machines\none\ntwo\n\nthree\n',
    lost: 'one\nunreachable\n',
    'my list.txt': 'no URL',
  });
  const path = binaries({ ssh: sshHere });
  const start = (hosts: string, file: string, out: string) => {
    const args = [join(list.place, hosts), list.place, 'fetch', file, '--out', out];
    return run(join(deploy, 'ssh/run.sh'), args, { HEARD: heard }, path);
  };
  expect(await start('hosts', 'urls.txt', 'files')).toEqual({ code: 0, stderr: '' });
  expect(list.reported()).toEqual(list.wanted);
  expect(readFileSync(heard, 'utf8').trim().split('\n').toSorted()).toEqual(['one', 'three', 'two']);
  const failed = await start('hosts', 'my list.txt', 'it’s here');
  expect([failed.code, failed.stderr]).toEqual([
    1,
    expect.stringMatching(/ \(shard [123]\/3\) ended with 1\n$/),
  ]);
  const lost = await start('lost', 'urls.txt', 'files');
  expect([lost.code, lost.stderr]).toEqual([
    255,
    expect.stringContaining('unreachable (shard 2/2) ended with 255'),
  ]);
});

onLinux.test('the line for cron makes the thumbnails of its machine’s folders', async () => {
  const place = tempFolder();
  const image = await sampleJpeg(1, 60, 40);
  const files = numbers(9).map((at) => `${at}/a.jpg`);
  writeFiles(place, Object.fromEntries(files.map((file) => [`originals/${file}`, image])));
  const tab = readFileSync(join(deploy, 'cron/shoal'), 'utf8');
  const [, line = ''] = /^30 2 \* \* \* {2}www-data {2}(.*)$/m.exec(tab) ?? [];
  // Cron would take it for a line feed.
  expect(line).not.toMatch(/^$|%/);
  mkdirSync(join(place, 'state'));
  for (const shard of ['1/3', '2/3', '3/3']) {
    const env = { PLACE: place, SHARD: shard, SHOAL_STATE_DIR: join(place, 'state', shard.slice(0, 1)) };
    expect(await run('sh', ['-c', line], env)).toMatchObject({ code: 0 });
  }
  expect(filesBelow(join(place, 'thumbs'))).toEqual(files);
});
