import { join } from 'node:path';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test('what limits a run is changed by one click while it is on, and nothing begins anew', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  const { page } = app;
  server.gate.shut();
  await see.fetching(server.urls(150), join(folder, 'out'), { poolSize: 12, perHost: 2 });
  const banner = page.getByRole('region', { name: 'What limits this run' });
  const allow = banner.getByRole('button', { name: 'Allow it 4' });
  await expect(async () => {
    server.gate.letThrough(server.gate.waiting);
    await expect(allow).toBeVisible({ timeout: 50 });
  }).toPass({ timeout: 30_000, intervals: [100] });
  const host = new URL(server.origin).host;
  await expect(banner).toContainText(`${host} limits this run:`);
  await expect(banner).toContainText(/\d+ left there, 2 at once, .+ to the first byte\./);
  const why = banner.getByRole('button', { name: 'Why?' });
  await why.click();
  await expect(why).toHaveAttribute('aria-expanded', 'true');
  await expect(banner).toContainText(`${host} is asked 2 at once and takes`);
  const before = server.asked;
  await allow.click();
  // The server sees it at once; what was in flight goes on, and nothing of it is asked for again.
  await expect.poll(() => server.atOnce).toBe(4);
  expect(server.asked).toBe(before + 2);
  await expect(banner.getByRole('status')).toBeFocused();
  await expect(banner).toHaveText(
    `${host} may be asked 4 at once now. What limits the run is being measured.`,
  );
  // Each lane shows where the time of its last item went.
  const bar = page.getByRole('list', { name: 'Lanes' }).getByRole('img').first();
  await expect(bar).toHaveAccessibleName(/^Before it, photo-\d+\.jpg: .*first byte /);
  await expect(page.getByRole('list', { name: 'Colours of the parts' })).toContainText('first byte');
  server.gate.open();
  await see.finished('150 files');
  expect(server.asked).toBe(150);
});

test('the speed of a run that began without a limit is limited while it is on, and let go again', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  server.gate.shut();
  await see.fetching(server.urls(60), join(folder, 'out'), { poolSize: 4, perHost: 4 });
  server.gate.letThrough(4);
  const speed = app.page.getByRole('textbox', { name: 'Speed at most' });
  await expect(speed).toHaveValue('');
  await speed.fill('99');
  await speed.press('Enter');
  await expect(speed).toHaveAttribute('aria-invalid', 'true');
  await speed.fill('4k');
  await speed.press('Enter');
  await speed.blur();
  // Less than one image a second comes now, however many the server would give.
  server.gate.open();
  const ended = app.page.getByRole('heading', { name: /of 60 files/ });
  await expect(ended).toHaveText(/^([6-9]|\d\d) of/, { timeout: 30_000 });
  expect(server.asked).toBeLessThan(40);
  await expect(speed).toHaveValue('4k');
  await speed.fill('');
  await speed.press('Enter');
  await see.finished('60 files');
});
