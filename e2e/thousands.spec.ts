import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './launch.ts';
import { filesBelow, manyImages } from './material.ts';
import { steps } from './steps.ts';

test('5,000 images: the grid holds only what is in sight', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await manyImages(photos, 5_000);
  const see = steps(app);
  await app.drop([photos]);
  // A machine that is busy may have counted a part of them by now, and says so.
  await see.ready(/^Make (at least [\d,]+|5,000) thumbnails$/);
  await see.start();
  await see.finished('5,000 thumbnails');
  expect(filesBelow(join(photos, 'thumbs'))).toHaveLength(5_000);
  for (const share of [0, 0.37, 0.81, 1]) {
    await see.grid.evaluate((element, to) => element.scrollTo(0, element.scrollHeight * to), share);
    await expect.poll(() => picturesInSight(see.grid)).toBeGreaterThan(10);
    expect(await see.grid.getByRole('option').count()).toBeLessThan(150);
  }
  const last = see.grid.getByRole('option').last();
  await expect(last).toHaveAttribute('aria-posinset', '5000');
});

test('the newest are followed until a person scrolls away, and are again when asked for', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  const see = steps(app);
  await see.fetching(server.urls(400), join(folder, 'out'), { poolSize: 8, perHost: 8, thumbnails: true });
  await see.layout('Grid').click();
  const place = () =>
    see.grid.evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({
      top: scrollTop,
      height: scrollHeight,
      toEnd: scrollHeight - scrollTop - clientHeight,
    }));
  const top = async () => (await place()).top;
  const height = async () => (await place()).height;
  server.gate.letThrough(200);
  await expect.poll(() => see.ended()).toBe(200);
  await expect(see.grid.getByRole('option').last()).toHaveAttribute('aria-posinset', '200');
  await expect.poll(async () => (await place()).toEnd).toBeLessThan(1);
  await see.grid.hover();
  await app.page.mouse.wheel(0, -100_000);
  await expect.poll(top).toBe(0);
  // More come, and are there to be scrolled to, but nobody is taken there.
  const before = await height();
  server.gate.letThrough(100);
  await expect.poll(() => see.ended()).toBe(300);
  await expect.poll(height).toBeGreaterThan(before * 1.4);
  expect(await top()).toBe(0);
  await app.page.getByRole('button', { name: 'Newest' }).click();
  await expect(see.grid.getByRole('option').last()).toHaveAttribute('aria-posinset', '300');
  await expect.poll(async () => (await place()).toEnd).toBeLessThan(1);
  // And from then on again.
  const then = await height();
  server.gate.open();
  await see.finished('400 files');
  await expect.poll(height).toBeGreaterThan(then);
  await expect.poll(async () => (await place()).toEnd).toBeLessThan(1);
});

test('the grid goes on to the newest only once their pictures can be drawn', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  const see = steps(app);
  await see.fetching(server.urls(300), join(folder, 'out'), { poolSize: 8, perHost: 8, thumbnails: true });
  await see.layout('Grid').click();
  const toEnd = () =>
    see.grid.evaluate(({ scrollTop, scrollHeight, clientHeight }) => scrollHeight - scrollTop - clientHeight);
  server.gate.letThrough(100);
  await expect(see.grid.getByRole('option').last()).toHaveAttribute('aria-posinset', '100');
  await expect.poll(toEnd).toBeLessThan(1);
  // From now on pictures are decoded when the spec says so, and each step of the grid is noted.
  await see.grid.evaluate((grid) => {
    const steps: object[] = [];
    const decoding = Promise.withResolvers<void>();
    Object.assign(window, { steps, finishDecoding: decoding.resolve });
    const drawable = new WeakSet<Element>(grid.querySelectorAll('img'));
    const decode = HTMLImageElement.prototype.decode;
    HTMLImageElement.prototype.decode = async function () {
      await decoding.promise;
      await decode.call(this);
      drawable.add(this);
    };
    let since: number | undefined;
    new MutationObserver(() => {
      since ??= performance.now();
    }).observe(grid, { subtree: true, childList: true });
    const scrollTop = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop');
    let height = grid.clientHeight;
    Object.defineProperty(grid, 'scrollTop', {
      get: () => scrollTop?.get?.call(grid),
      set: (to: number) => {
        const blank = [...grid.querySelectorAll('img')].filter((image) => !drawable.has(image)).length;
        // Where a line comes or goes above the grid, its end stays where it was: that shows nothing new.
        if (height === grid.clientHeight)
          steps.push({ blank, heldMs: performance.now() - (since ?? Number.NaN) });
        height = grid.clientHeight;
        scrollTop?.set?.call(grid, to);
      },
    });
  });
  server.gate.letThrough(100);
  await expect(see.grid.getByRole('option').last()).toHaveAttribute('aria-posinset', '200');
  const loaded = () =>
    see.grid.locator('img').evaluateAll((all) => all.every((image) => (image as HTMLImageElement).complete));
  await expect.poll(loaded).toBe(true);
  // Some looks of the grid, in which it must not be content with what is loaded alone.
  await app.page.waitForTimeout(500);
  await app.page.evaluate(() => (window as unknown as { finishDecoding(): void }).finishDecoding());
  await expect.poll(toEnd).toBeLessThan(1);
  type Step = { readonly blank: number; readonly heldMs: number };
  const taken = await app.page.evaluate(() => (window as unknown as { steps: Step[] }).steps);
  expect(taken).not.toEqual([]);
  // A machine may be so slow that the grid has waited as long as it ever does.
  expect(taken.filter(({ blank, heldMs }) => blank > 0 && heldMs < 3_000)).toEqual([]);
  await see.cancel.click();
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
      // The samples before the start are another screen's.
      const ofGrid = changes.filter(({ target }) => (target as Element).closest('[role=listbox]'));
      begun[begun.length - 1] = (begun.at(-1) ?? 0) + ofGrid.length;
    }).observe(document.body, { subtree: true, attributeFilter: ['src'] });
  });
  await app.drop([photos]);
  await see.ready(/Make/);
  await see.start();
  await see.finished('1,500 thumbnails');
  // How many fit depends on how many lines the sentences above the grid take: a few times what one frame may begin.
  await expect.poll(() => see.grid.locator('img').count()).toBeGreaterThan(24);
  await expect(see.grid.locator('img:not([src])')).toHaveCount(0);
  const begun = await app.page.evaluate(() => (window as unknown as { begun: number[] }).begun);
  expect(begun.reduce((sum, pictures) => sum + pictures, 0)).toBeGreaterThan(24);
  // What is asked for between two frames counts to the first of them here, and to the next in the page.
  expect(Math.max(...begun)).toBeLessThanOrEqual(8);
});

test('a list that flies past shows colours, and loads its pictures where it comes to rest', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await manyImages(photos, 1_500);
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make/);
  await see.start();
  await see.finished('1,500 thumbnails');
  const isDrawn = async () => (await see.grid.locator('img:not([src])').count()) === 0;
  await see.grid.evaluate((grid) => grid.scrollTo(0, 0));
  await expect.poll(isDrawn).toBe(true);
  const flight = await see.grid.evaluate(async (grid) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const passed = { colours: 0, loads: 0 };
    const observer = new MutationObserver((changes) => {
      passed.loads += changes.length;
    });
    for (let step = 0; step < 40; step += 1) {
      grid.scrollBy(0, 300);
      await frame();
      await frame();
      // The first steps are no flight yet: a single one may be that of a key.
      if (step === 5) observer.observe(grid, { subtree: true, attributeFilter: ['src'] });
      for (const image of grid.querySelectorAll('img:not([src], [data-seen])')) {
        image.setAttribute('data-seen', '');
        passed.colours += Number(getComputedStyle(image).backgroundColor !== 'rgba(0, 0, 0, 0)');
      }
    }
    observer.disconnect();
    return passed;
  });
  expect(flight.colours).toBeGreaterThan(50);
  expect(flight.loads).toBeLessThan(flight.colours / 4);
  await expect.poll(isDrawn).toBe(true);
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
  await see.finished('2,000 thumbnails');
  const sent = await app.inMain(() => (globalThis as unknown as { sent: number[] }).sent);
  expect(sent.length).toBeGreaterThan(3);
  const most = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + 1_000).length));
  // Two windows' worth is at most twenty.
  expect(most * 2).toBeLessThanOrEqual(20);
});

/** Pictures in the page that have come. */
function picturesInSight(grid: Locator): Promise<number> {
  return grid
    .locator('img')
    .evaluateAll((all) => all.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length);
}
