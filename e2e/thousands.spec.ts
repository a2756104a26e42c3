import { join } from 'node:path';
import { expect, test } from './launch.ts';
import { filesBelow, manyImages } from './material.ts';
import { steps } from './steps.ts';

test('5,000 images: the grid holds only what is in sight, and a scroll is not stolen', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await manyImages(photos, 5_000);
  const see = steps(app);
  await app.drop([photos]);
  await see.ready('Make 5,000 thumbnails');
  await see.start();
  await expect.poll(() => see.ended(), { timeout: 30_000 }).toBeGreaterThan(300);
  const top = () => see.grid.evaluate((element) => element.scrollTop);
  // While nobody scrolls, the newest are in sight.
  await expect.poll(top).toBeGreaterThan(0);
  await see.grid.hover();
  await app.page.mouse.wheel(0, -100_000);
  await expect.poll(top).toBe(0);
  const before = await see.ended();
  await expect.poll(() => see.ended(), { timeout: 30_000 }).toBeGreaterThan(before + 200);
  expect(await top()).toBe(0);
  await app.page.getByRole('button', { name: 'Newest' }).click();
  await expect.poll(top).toBeGreaterThan(0);

  await see.finished('5,000 thumbnails made');
  expect(filesBelow(join(photos, 'thumbs'))).toHaveLength(5_000);
  for (const share of [0, 0.37, 0.81, 1]) {
    await see.grid.evaluate((element, to) => element.scrollTo(0, element.scrollHeight * to), share);
    await expect
      .poll(() =>
        see.grid
          .locator('img')
          .evaluateAll((all) => all.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length),
      )
      .toBeGreaterThan(10);
    expect(await see.grid.getByRole('listitem').count()).toBeLessThan(150);
  }
  const last = see.grid.getByRole('listitem').last();
  await expect(last).toHaveAttribute('aria-posinset', '5000');
});

test('a screenful of pictures begins to load over some frames, not in one', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await manyImages(photos, 1_500);
  const see = steps(app);
  await app.page.evaluate(() => {
    const begun: number[] = [];
    Object.assign(window, { begun });
    const frame = () => {
      begun.push(0);
      requestAnimationFrame(frame);
    };
    frame();
    new MutationObserver((changes) => {
      begun[begun.length - 1] = (begun.at(-1) ?? 0) + changes.length;
    }).observe(document.body, { subtree: true, attributeFilter: ['src'] });
  });
  await app.drop([photos]);
  await see.ready(/Make/);
  await see.start();
  await see.finished('1,500 thumbnails made');
  await expect.poll(() => see.grid.locator('img').count()).toBeGreaterThan(40);
  await expect(see.grid.locator('img:not([src])')).toHaveCount(0);
  const begun = await app.page.evaluate(() => (window as unknown as { begun: number[] }).begun);
  expect(begun.reduce((sum, pictures) => sum + pictures, 0)).toBeGreaterThan(40);
  // What is asked for between two frames counts to the first of them here, and to the next in the page.
  expect(Math.max(...begun)).toBeLessThanOrEqual(8);
});

test('updates of a window never come more often than ten a second', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await manyImages(photos, 2_000);
  const see = steps(app);
  await app.inMain(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const sent: number[] = [];
    Object.assign(globalThis, { sent });
    if (contents === undefined) throw new Error('There is no window.');
    const send = contents.send.bind(contents);
    contents.send = (channel, ...args) => {
      sent.push(performance.now());
      send(channel, ...args);
    };
  });
  await app.drop([photos]);
  await see.ready(/Make/);
  await see.start();
  await see.finished('2,000 thumbnails made');
  const sent = await app.inMain(() => (globalThis as unknown as { sent: number[] }).sent);
  expect(sent.length).toBeGreaterThan(3);
  const most = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + 1_000).length));
  // Two windows' worth is at most twenty.
  expect(most * 2).toBeLessThanOrEqual(20);
});
