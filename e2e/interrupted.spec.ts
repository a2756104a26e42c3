import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeSlowImages } from '../test/images/sample-images.ts';
import { expect, test } from './launch.ts';
import { filesBelow, manyImages } from './material.ts';
import { steps } from './steps.ts';

test('a reload in the middle of a run: it goes on, and the page catches up', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  const see = steps(app);
  const out = join(folder, 'out');
  await see.fetching(server.urls(60), out, { poolSize: 4, perHost: 4 });
  server.gate.letThrough(24);
  await expect.poll(() => see.ended()).toBe(24);
  await app.page.reload();
  // What it was told before is there again, though nothing ends that would be told now …
  await expect(see.progress).toHaveAttribute('aria-valuenow', '24');
  await expect(see.progress).toHaveAttribute('aria-valuemax', '60');
  const rows = app.page.getByRole('grid', { name: 'Items' }).getByRole('row');
  await expect(rows.filter({ hasText: /photo-00\d\d\.jpg/ })).toHaveCount(24);
  // … and what ends from now on is told to the page as it is now.
  server.gate.letThrough(10);
  await expect.poll(() => see.ended()).toBe(34);
  await see.cancel.click();
  await see.finished('Cancelled: 34 files, 26 left undone');
  expect(filesBelow(out).filter((name) => name.startsWith('photo-'))).toHaveLength(34);
});

test('a quit in the middle leaves nothing half-written, and the rest is offered', async ({
  launch,
  folder,
}) => {
  const photos = join(folder, 'photos');
  const quick = await manyImages(photos, 20);
  const slow = await makeSlowImages(photos, 300);
  const env = { SHOAL_STATE_DIR: join(folder, 'state') };
  const first = await launch({ env });
  await first.drop([photos]);
  await steps(first).ready(/Make 320/);
  await steps(first).typePoolSize(2);
  await steps(first).start();
  await expect.poll(() => steps(first).ended(), { timeout: 30_000 }).toBeGreaterThan(10);
  await first.close();
  const made = filesBelow(join(photos, 'thumbs'));
  expect(made.length).toBeGreaterThan(10);
  expect(made.length).toBeLessThan(320);
  expect(made.filter((name) => ![...quick, ...slow].includes(name))).toEqual([]);

  // Of the rest some are enough to be done to its end.
  const rest = slow.filter((name) => !made.includes(name));
  for (const name of rest.splice(3)) rmSync(join(photos, name));
  const second = await launch({ env });
  const recent = second.page.getByRole('region', { name: 'Recent runs' });
  await expect(recent).toContainText('Not finished: stopped at');
  await recent.getByRole('button', { name: 'Continue: photos' }).click();
  const undone = rest.length + quick.filter((name) => !made.includes(name)).length;
  await steps(second).finished(/^\d+ thumbnails$/);
  // What a worker had just written when its app quit, nobody was told of: a few are made twice.
  const again = Number.parseInt((await steps(second).headline.textContent()) ?? '', 10) - undone;
  expect(again).toBeGreaterThanOrEqual(0);
  expect(again).toBeLessThan(made.length);
  expect(filesBelow(join(photos, 'thumbs'))).toEqual([...new Set([...made, ...quick, ...rest])].sort());
});

test('a quit in the middle of downloads leaves no half of one, and the rest is offered', async ({
  launch,
  folder,
  server,
}) => {
  // Large enough to be on its way to the disk before it is whole.
  server.body = Buffer.alloc(1024 * 1024, 'half');
  server.halfBefore = true;
  server.gate.shut();
  const out = join(folder, 'out');
  const env = { SHOAL_STATE_DIR: join(folder, 'state') };
  const first = await launch({ env });
  await steps(first).fetching(server.urls(9), out, { poolSize: 3, perHost: 3 });
  server.gate.letThrough(4);
  await expect.poll(() => steps(first).ended()).toBe(4);
  await expect.poll(() => server.gate.waiting).toBe(3);
  await first.close();
  const names = Array.from({ length: 9 }, (_, at) => `photo-000${at + 1}.jpg`);
  const saved = filesBelow(out);
  expect(saved).toHaveLength(4);
  expect(names).toEqual(expect.arrayContaining(saved));

  server.gate.open();
  const second = await launch({ env });
  await second.page.getByRole('button', { name: /^Continue/ }).click();
  await steps(second).finished('5 files');
  expect(filesBelow(out)).toEqual(names);
  for (const name of names) expect(readFileSync(join(out, name)).equals(server.body)).toBe(true);
});
