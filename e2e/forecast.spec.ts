import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, test } from './launch.ts';
import { startServer } from './material.ts';
import { steps } from './steps.ts';

test('before a run its time and bytes are foretold, and anew for another pool size', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 60 });
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 60/);
  const facts = app.page.getByRole('region', { name: 'Preview' });
  await expect(facts).toContainText(/Forecast\s*About .* with \d+ at once; .* read, .* written/);
  const slider = see.slider;
  await slider.focus();
  await slider.press('Home');
  await expect(facts).toContainText(/Forecast\s*About .* with 1 at once/);
});

test('URLs that no run has fetched from are not foretold, and nobody is asked', async ({ app, folder }) => {
  const server = await startServer();
  const see = steps(app);
  await app.paste(server.urls(60).join('\n'));
  await see.ready('Download 60 files');
  await see.chooseOutput(join(folder, 'out'));
  await see.ready('Download 60 files');
  await expect(app.page.getByRole('region', { name: 'Preview' })).not.toContainText('Forecast');
});
