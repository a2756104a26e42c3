import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './launch.ts';

test('a start from an entry of the launcher begins with it', async ({ launch }) => {
  const app = await launch({ args: ['--paste-list'] });
  await expect(app.page.getByRole('dialog', { name: 'Paste a list of URLs' })).toBeVisible();
});

test('the system is told what was given, as a recent document, and nothing that cannot be used', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  await app.inMain(({ app }) => {
    const recent: string[] = [];
    Object.assign(globalThis, { recent });
    app.addRecentDocument = (path) => void recent.push(path);
  });
  await app.drop([photos, join(folder, 'not there')]);
  const recent = () => app.inMain(() => (globalThis as unknown as { recent: string[] }).recent);
  await expect.poll(recent).toEqual([photos]);
});
