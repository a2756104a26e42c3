import { join } from 'node:path';
import { expect, test } from './launch.ts';
import { filesBelow, manyImages } from './material.ts';
import { steps } from './steps.ts';

test('a reload in the middle of a run: it goes on, and the page catches up', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await manyImages(photos, 3_000, 900, 600);
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 3,000/);
  // One at a time: it must still be on when all has been looked at.
  await see.typedPoolSize.fill('1');
  await see.start();
  await expect.poll(() => see.ended(), { timeout: 30_000 }).toBeGreaterThan(20);
  await app.page.reload();
  await expect(see.progress).toBeVisible();
  const caught = await see.ended();
  expect(caught).toBeGreaterThan(20);
  await expect.poll(() => see.ended()).toBeGreaterThan(caught);
  await see.grid.evaluate((element) => element.scrollTo(0, 0));
  await expect(see.grid.getByRole('listitem').first()).toContainText('image-');
  await see.cancel.click();
  await see.finished(/^Cancelled/);
  const made = Number(
    /([\d,]+) thumbnails? made/.exec((await see.headline.textContent()) ?? '')?.[1]?.replaceAll(',', ''),
  );
  expect(filesBelow(join(photos, 'thumbs'))).toHaveLength(made);
});

test('a quit in the middle leaves nothing half-written, and the rest is offered', async ({
  launch,
  folder,
}) => {
  const photos = join(folder, 'photos');
  const names = await manyImages(photos, 600, 900, 600);
  const env = { SHOAL_STATE_DIR: join(folder, 'state') };
  const first = await launch({ env });
  await first.drop([photos]);
  await steps(first).ready(/Make 600/);
  await steps(first).start();
  await expect.poll(() => steps(first).ended(), { timeout: 30_000 }).toBeGreaterThan(10);
  await first.close();
  const made = filesBelow(join(photos, 'thumbs'));
  expect(made.length).toBeGreaterThan(10);
  expect(made.length).toBeLessThan(600);
  expect(made.filter((name) => !names.includes(name))).toEqual([]);

  const second = await launch({ env });
  const recent = second.page.getByRole('region', { name: 'Recent runs' });
  await expect(recent).toContainText('not finished');
  await recent.getByRole('button', { name: 'Continue: photos' }).click();
  await steps(second).finished(`${600 - made.length} thumbnails made`);
  expect(filesBelow(join(photos, 'thumbs'))).toEqual(names);
});
