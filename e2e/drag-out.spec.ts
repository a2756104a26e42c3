import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { steps } from './steps.ts';

interface StandInParts {
  readonly webContents: { readonly drags: string[][] };
}

/** What was dragged out of the window. */
const drags = (app: LaunchedApp) =>
  app.inMain(
    ({ BrowserWindow }) => (BrowserWindow.getAllWindows()[0] as unknown as StandInParts).webContents.drags,
  );

/** The open context menu's items that can be chosen. */
const offered = (app: LaunchedApp) =>
  app.inMain(({ Menu }) =>
    (Menu as unknown as { shown?: Electron.Menu }).shown?.items.flatMap(({ id, enabled }) =>
      enabled && id ? [id] : [],
    ),
  );

const choose = (app: LaunchedApp, id: string) =>
  app.inMain(
    ({ Menu }, chosen) => (Menu as unknown as { shown?: { choose(id: string): void } }).shown?.choose(chosen),
    id,
  );

test('results are dragged out of the window as files, one or many; a menu has what can be done with them', async ({
  app,
  folder,
}) => {
  test.skip(app.driver === 'electron', 'Only the stand-in tells what was dragged, and which menu is open.');
  const photos = join(folder, 'photos');
  const names = await makeSampleImages(photos, { count: 5 });
  writeFileSync(join(photos, 'empty.jpg'), '');
  const see = steps(app);
  const { page } = app;
  await app.drop([photos]);
  await see.ready(/Make 6/);
  await see.start();
  await see.finished(/5 thumbnails/);
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By name');
  const item = (name: string) => see.grid.getByRole('option').filter({ hasText: name });
  await expect(see.grid.getByRole('option').first()).toContainText('empty.jpg');
  const drag = async (name: string) => {
    await item(name).hover();
    await page.mouse.down();
    const box = await item(name).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 70, (box?.y ?? 0) + 40);
    await page.mouse.move((box?.x ?? 0) + 90, (box?.y ?? 0) + 60);
    await page.mouse.up();
  };
  const made = (from: number, to?: number) =>
    names.slice(from, to).map((name) => join(photos, 'thumbs', name));
  await drag(names[1] ?? '');
  await expect.poll(() => drags(app)).toEqual([made(1, 2)]);
  await expect(item(names[1] ?? '')).toHaveAttribute('aria-selected', 'true');
  // The picture in the inspector is the same file; its divider is moved and not dragged.
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const split = inspector.getByRole('slider');
  const picture = await split.boundingBox();
  if (picture === null) throw new Error('There is no picture.');
  const pull = async (across: number) => {
    const y = picture.y + picture.height / 2;
    await page.mouse.move(picture.x + picture.width * across, y);
    await page.mouse.down();
    await page.mouse.move(picture.x + picture.width * across - 30, y + 10);
    await page.mouse.move(picture.x + picture.width * across - 60, y + 20);
    await page.mouse.up();
  };
  await pull(0.5);
  await expect(split).not.toHaveValue('50');
  expect(await drags(app)).toHaveLength(1);
  await pull(0.9);
  await expect.poll(() => drags(app)).toEqual([made(1, 2), made(1, 2)]);
  // Of a selection all that was made and is still there goes along; nothing of what failed.
  await page.keyboard.press('ControlOrMeta+A');
  rmSync(made(4)[0] ?? '');
  await drag(names[2] ?? '');
  await expect.poll(() => drags(app)).toEqual([made(1, 2), made(1, 2), made(0, 4)]);
  // An original is never given away, and a picture is no input of this window.
  await page.keyboard.press('Escape');
  await drag('empty.jpg');
  expect(await drags(app)).toHaveLength(3);
  await expect(page.getByText('Drop', { exact: false })).toHaveCount(0);

  await item(names[0] ?? '').click({ button: 'right' });
  await expect.poll(() => offered(app)).toEqual(['open', 'reveal', 'copy-paths', 'redo']);
  await choose(app, 'copy-paths');
  const clipboard = () => app.inMain(async ({ clipboard }) => clipboard.readText());
  await expect.poll(clipboard).toBe(made(0, 1)[0]);
  await item('empty.jpg').click({ button: 'right' });
  await expect.poll(() => offered(app)).toEqual(['open', 'reveal', 'copy-paths', 'retry', 'redo']);
  await makeSampleImages(photos, { count: 1 });
  await choose(app, 'retry');
  await see.finished(/1 could not be made/);
  await expect(see.grid.getByRole('option')).toHaveCount(1);
});
