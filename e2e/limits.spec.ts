import { join } from 'node:path';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test('what limits a run is said above its files while it is on, and in its report', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  server.gate.shut();
  await see.fetching(server.urls(80), join(folder, 'out'), { poolSize: 8, perHost: 2 });
  // Whoever waits is let through together: more of them would be answered as soon.
  const answering = setInterval(() => server.gate.letThrough(server.gate.waiting), 100);
  const sentence =
    /127\.0\.0\.1:\d+ is asked 2 at once and takes .+ each: “Per host” at 4 would double it, or wait\./;
  const banner = app.page.getByRole('region', { name: 'What limits this run' });
  await banner.getByRole('button', { name: 'Why?' }).click({ timeout: 20_000 });
  await expect(banner).toContainText(sentence);
  await see.finished('80 files');
  clearInterval(answering);
  await expect(see.report).toContainText(sentence);
});
