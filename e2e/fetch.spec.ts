import { join } from 'node:path';
import { expect, test } from './launch.ts';
import { filesBelow, startServer, type TestServer } from './material.ts';
import { steps } from './steps.ts';

let server: TestServer;
test.beforeEach(async () => {
  server = await startServer();
});
test.afterEach(() => server.close());

test('a pasted list with bad lines and failing URLs is fetched as far as it can be', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const out = join(folder, 'out');
  server.missing = 'gone';
  const lines = [...server.urls(6), 'not a url at all', ...server.urls(2, 'gone'), 'ftp://example.com/x.jpg'];
  await app.paste(lines.join('\n'));
  await see.ready('Download 8 files');
  const bad = app.page.getByRole('region', { name: 'What cannot be used' });
  await expect(bad).toContainText('2 lines cannot be used');
  await expect(bad).toContainText('not a url at all');
  await app.answerOpenDialogs([out]);
  await app.page.getByRole('button', { name: 'Choose…' }).click();
  await expect(app.page.getByRole('region', { name: 'Preview' })).toContainText(out);
  await see.start();
  await see.finished('6 files saved, 4 failed');
  await expect(see.failures.filter({ hasText: 'Not found on the server (404)' })).toContainText('2');
  expect(filesBelow(out).filter((name) => name.startsWith('photo'))).toHaveLength(6);

  // They are there now.
  server.missing = '';
  await app.page.getByRole('button', { name: 'Retry failed' }).click();
  await see.finished(/2 files saved/);
  expect(filesBelow(out).filter((name) => name.startsWith('gone'))).toHaveLength(2);
});

test('downloads are rows: name, size and what came of them', async ({ app, folder }) => {
  const see = steps(app);
  server.missing = 'gone';
  await app.answerOpenDialogs([join(folder, 'out')]);
  await app.paste([...server.urls(3), ...server.urls(1, 'gone')].join('\n'));
  await see.ready(/Download 4 files/);
  await app.page.getByRole('button', { name: 'Choose…' }).click();
  await expect(app.page.getByRole('region', { name: 'Preview' })).toContainText(join(folder, 'out'));
  await see.start();
  await see.finished('3 files saved, 1 failed');
  const row = app.page.getByRole('row').filter({ hasText: 'gone-0001.jpg' });
  await expect(row.getByRole('img', { name: 'failed' })).toBeVisible();
  await expect(row).toContainText('404');
});
