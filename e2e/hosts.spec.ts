import { join } from 'node:path';
import { faintTexts } from './contrast.ts';
import { expect, test } from './launch.ts';
import { startServer } from './material.ts';
import { steps } from './steps.ts';

test('each host is followed by itself; it can be held, let go and be asked for more at once', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  const { page } = app;
  const other = await startServer();
  server.gate.shut();
  other.gate.shut();
  other.missing = '-0002';
  const urls = [...server.urls(10), ...other.urls(30)];
  await see.fetching(urls, join(folder, 'out'), { poolSize: 16, perHost: 3 });
  const hosts = page.getByRole('region', { name: 'Hosts' });
  const row = (origin: string) =>
    hosts.getByRole('row').filter({ has: page.getByRole('button', { name: new URL(origin).host }) });
  const cells = (origin: string) => row(origin).getByRole('cell');
  // Most left first.
  await expect(hosts.getByRole('rowheader')).toHaveText([
    new URL(other.origin).host,
    new URL(server.origin).host,
  ]);
  await expect(cells(other.origin).first()).toHaveText('30');
  await expect(cells(server.origin).first()).toHaveText('10');
  other.gate.letThrough(4);
  await expect(cells(other.origin).first()).toHaveText('26');
  await expect(cells(other.origin).last()).toHaveText('1');

  const open = row(other.origin).getByRole('button');
  await open.click();
  const controls = page.getByRole('dialog', { name: new URL(other.origin).host });
  await controls.getByRole('button', { name: 'Hold this host' }).click();
  await expect(row(other.origin)).toContainText('held');
  expect(await faintTexts(page)).toEqual([]);
  other.gate.letThrough(3);
  server.gate.open();
  await expect.poll(() => see.ended()).toBe(17);
  await expect(page.getByText('23 left, at hosts that you hold')).toBeVisible();
  expect([other.asked, other.atOnce]).toEqual([7, 0]);

  await controls.getByRole('textbox', { name: 'At once' }).fill('8');
  await controls.getByRole('textbox', { name: 'At once' }).press('Enter');
  await controls.getByRole('button', { name: 'Go on here' }).click();
  await expect.poll(() => other.atOnce).toBe(8);
  await page.keyboard.press('Escape');
  await expect(open).toBeFocused();
  other.gate.open();
  await see.finished('39 files, 1 could not be fetched');
  await other.close();
});
