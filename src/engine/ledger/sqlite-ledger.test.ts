import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entry, open } from '../../../test/ledgers.ts';
import { needs } from '../../../test/needs.ts';
import { ended } from '../../../test/run-shoal.ts';
import { tempFolder } from '../../../test/temp-folder.ts';

test('what is recorded is found at once, and by the next who opens it', () => {
  const folder = tempFolder();
  const first = open(folder);
  first.ledger?.record(entry('/out/a.jpg', { width: 75, height: 50 }));
  first.ledger?.record(entry('/out/b.jpg'));
  expect(first.ledger?.byOutput('/out/a.jpg')).toMatchObject({ bytes: 123, width: 75 });
  expect(first.ledger?.byInput('/in/a.jpg')).toHaveLength(2);
  first.ledger?.close();
  const second = open(folder);
  expect(second.ledger?.byOutput('/out/a.jpg')).toMatchObject(entry('/out/a.jpg', { width: 75, height: 50 }));
  expect(
    second.ledger
      ?.byInput('/in/a.jpg')
      .map(({ output }) => output)
      .sort(),
  ).toEqual(['/out/a.jpg', '/out/b.jpg']);
  expect(second.ledger?.byOutput('/out/c.jpg')).toBeUndefined();
  second.ledger?.close();
  expect([...first.warnings, ...second.warnings]).toEqual([]);
});

test('the newer entry of an output replaces the older one', () => {
  const folder = tempFolder();
  const { ledger } = open(folder);
  ledger?.record(entry('/out/a.jpg', { recipe: 'old' }));
  ledger?.flush();
  ledger?.record(entry('/out/a.jpg', { recipe: 'new' }));
  expect(ledger?.byOutput('/out/a.jpg')?.recipe).toBe('new');
  expect(ledger?.byInput('/in/a.jpg')).toHaveLength(1);
  ledger?.close();
  const again = open(folder);
  expect(again.ledger?.byOutput('/out/a.jpg')?.recipe).toBe('new');
  again.ledger?.close();
});

test('output folders are remembered, and forgotten when they are gone', () => {
  const { ledger } = open(tempFolder());
  ledger?.recordOutputFolder('/out');
  ledger?.recordOutputFolder('/out');
  expect([ledger?.isOutputFolder('/out'), ledger?.isOutputFolder('/out/sub')]).toEqual([true, false]);
  ledger?.forgetOutputFolder('/out');
  expect(ledger?.isOutputFolder('/out')).toBe(false);
  ledger?.close();
});

test('asking a closed ledger is harmless and silent', () => {
  const { ledger, warnings } = open(tempFolder());
  ledger?.close();
  expect(ledger?.isOutputFolder('/out')).toBe(false);
  expect(ledger?.byOutput('/out/a.jpg')).toBeUndefined();
  ledger?.record(entry('/out/a.jpg'));
  ledger?.flush();
  expect(warnings).toEqual([]);
});

test('a state folder that cannot be made is a warning', () => {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, '');
  const { ledger, warnings } = open(join(file, 'state'));
  expect(ledger).toBeUndefined();
  expect(warnings).toHaveLength(1);
});

test('several processes create it and write to it at once', async () => {
  const folder = tempFolder();
  const script = (name: string) => `
    import { openLedger } from ${JSON.stringify(new URL('./sqlite-ledger.ts', import.meta.url).href)};
    const ledger = openLedger((warning) => console.error(warning), ${JSON.stringify(folder)});
    for (let at = 0; at < 2000; at += 1) {
      ledger.record({ output: '/${name}/' + at, input: '/in', inputStamp: '1', recipe: 'r', bytes: at });
      if (at % 100 === 0) ledger.flush();
    }
    ledger.close();`;
  const runs = ['a', 'b', 'c'].map((name) =>
    ended(
      spawn(process.execPath, ['--input-type=module', '-e', script(name)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    ),
  );
  for (const { code, stderr } of await Promise.all(runs)) expect([code, stderr]).toEqual([0, '']);
  const { ledger } = open(folder);
  expect(ledger?.byInput('/in')).toHaveLength(6_000);
  ledger?.close();
  // ledger.lock is the empty file whose lock is held while the ledger is opened; it stays and means nothing.
  expect(readdirSync(folder).sort()).toEqual(['ledger.db', 'ledger.lock']);
});

/** A disk of 300 KB in a mount namespace of its own: invisible to other processes, and gone when this one ends. */
const onSmallDisk = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=300k none "$0" && "$@"'];
const withSmallDisk = needs(
  'namespaces and mounts (unshare)',
  spawnSync('unshare', [...onSmallDisk, '/mnt', 'true']).status === 0,
);

withSmallDisk.test(
  'a disk that is full for the ledger is told once, and what it knows is still found',
  async () => {
    const folder = tempFolder();
    const script = `
    const { openLedger } = await import(${JSON.stringify(new URL('./sqlite-ledger.ts', import.meta.url).href)});
    const ledger = openLedger((warning) => console.log(warning), ${JSON.stringify(folder)});
    const record = (output) =>
      ledger.record({ output, input: '/in', inputStamp: '1', recipe: 'r', bytes: 1 });
    record('/out/first');
    ledger.flush();
    for (let at = 0; at < 4000; at += 1) { record('/out/' + at); if (at % 500 === 0) ledger.flush(); }
    ledger.flush();
    console.log(ledger.byOutput('/out/first') !== undefined, ledger.byOutput('/out/3999') !== undefined);
    ledger.close();`;
    const child = spawn('unshare', [...onSmallDisk, folder, process.execPath, '-e', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { code, stdout, stderr } = await ended(child);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^true true\nThe ledger .+ could not be written \(.*full.*\): .+\n$/);
  },
);

test('files of sets and placeholders are remembered beside the outputs', () => {
  const folder = tempFolder();
  const { ledger } = open(folder);
  ledger?.record({ ...entry('/out/1.jpg'), thumbHash: 'WTMB', colour: '#0164c9' });
  ledger?.recordSetFile('/out/manifest.json', 300);
  expect(ledger?.setFiles()).toEqual(new Map([['/out/manifest.json', 300]]));
  ledger?.close();
  const again = open(folder).ledger;
  again?.recordSetFile('/out/gallery.html', 7);
  again?.recordSetFile('/out/manifest.json', 301);
  again?.flush();
  expect(again?.byOutput('/out/1.jpg')).toMatchObject({ thumbHash: 'WTMB', colour: '#0164c9' });
  expect(again?.setFiles()).toEqual(
    new Map([
      ['/out/gallery.html', 7],
      ['/out/manifest.json', 301],
    ]),
  );
  again?.close();
});
