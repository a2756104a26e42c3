import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { faintTexts } from './contrast.ts';
import { expect, test } from './launch.ts';
import { unreachable } from './seen.ts';
import { steps } from './steps.ts';

test('a card tells what a run made, opens its results after a restart, and leads back to its inputs and settings', async ({
  launch,
  folder,
}) => {
  const photos = join(folder, 'Hochzeit');
  await makeSampleImages(photos, { count: 7 });
  writeFileSync(join(photos, 'empty.jpg'), '');
  const first = await launch();
  await first.drop([photos]);
  await steps(first).ready('Make 8 thumbnails');
  await first.page.getByRole('textbox', { name: 'Width' }).fill('64');
  await first.page.getByRole('textbox', { name: 'Height' }).fill('48');
  await steps(first).ready('Make 8 thumbnails');
  await steps(first).start();
  await steps(first).finished('7 thumbnails, 1 could not be made');
  await first.close();

  const app = await launch();
  const { page } = app;
  const see = steps(app);
  const cards = page.getByRole('region', { name: 'Recent runs' });
  const card = cards.getByRole('listitem');
  await expect(card).toHaveCount(1);
  await expect(card.getByRole('heading')).toHaveText('Hochzeit');
  await expect(card).toContainText('64 × 48, whole');
  await expect(card).toContainText(/7 thumbnails, .+ → .+, 1 could not be made/);
  await expect(card).toContainText(/Today \d\d:\d\d/);
  // Pictures come lazily, five at most.
  await expect(card.locator('img')).toHaveCount(5);
  await expect
    .poll(() =>
      card
        .locator('img')
        .evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth > 0)),
    )
    .toBe(true);
  expect(await violationsOn(page)).toEqual([]);
  expect(await faintTexts(page)).toEqual([]);
  expect(await unreachable(page)).toEqual([]);

  // What it made is gone since: that is said, and its rows are there all the same.
  rmSync(join(photos, 'thumbs'), { recursive: true });
  await page.getByRole('button', { name: 'Results: Hochzeit' }).click();
  await see.finished('7 thumbnails, 1 could not be made');
  await expect(see.report).toContainText('Its files are not there any more');
  await expect(see.causes).toHaveCount(1);
  await expect(see.grid.getByRole('option')).toHaveCount(8);
  await page.getByRole('searchbox', { name: /Search/ }).fill('empty');
  await expect(see.grid.getByRole('option')).toHaveCount(1);

  // Its inputs and settings are looked at before anything starts; the person's own come back.
  await page.getByRole('button', { name: 'Run again' }).click();
  await see.ready('Make 8 thumbnails');
  const borrowed = page.getByRole('region', { name: 'Settings of a former run' });
  await expect(borrowed).toContainText('Hochzeit');
  await expect(page.getByRole('textbox', { name: 'Width' })).toHaveValue('64');
  await borrowed.getByRole('button', { name: 'Back to mine' }).click();
  await expect(borrowed).toBeHidden();

  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('button', { name: 'Take off this list: Hochzeit' }).click();
  await expect(cards).toBeHidden();
});

test('two runs of pasted lists are told apart by their hosts', async ({ app, folder, server }) => {
  const see = steps(app);
  const runOf = async (url: string) => {
    await app.paste(url);
    await see.ready('Download 1 file');
    await see.chooseOutput(join(folder, 'out'));
    await see.start();
    await see.finished('1 file');
    await app.page.getByRole('button', { name: 'New run' }).click();
  };
  const { port } = new URL(server.origin);
  await runOf(`http://127.0.0.1:${port}/one.jpg`);
  await runOf(`http://localhost:${port}/two.jpg`);
  const titles = app.page.getByRole('region', { name: 'Recent runs' }).getByRole('heading', { level: 3 });
  await expect(titles).toHaveText([`localhost:${port}`, `127.0.0.1:${port}`]);
});
