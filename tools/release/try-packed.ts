/**
 * node tools/release/try-packed.ts EXECUTABLE: starts the app as it was packed, on the real Electron, with a folder of pictures,
 * and has their thumbnails made. That shows what no test of a checkout can: workers and WebAssembly out of the archive, the right
 * sharp, fuses. It needs a display.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPacked } from './packed/start-packed.ts';
import { makeThumbnailsIn, writePictures } from './packed/use-window.ts';

const [executable] = process.argv.slice(2);
if (executable === undefined) {
  console.error('Usage: node tools/release/try-packed.ts EXECUTABLE');
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), 'shoal-packed-'));
const folder = join(work, 'photos');
const pictures = await writePictures(folder);
const app = await startPacked(executable, [folder], {
  SHOAL_USER_DATA: join(work, 'user-data'),
  SHOAL_STATE_DIR: join(work, 'state'),
  SHOAL_CONFIG_DIR: join(work, 'config'),
});
try {
  const made = await makeThumbnailsIn(app.endpoint, folder, pictures.length);
  console.log(made.join('\n'));
  if (made.length < pictures.length) {
    throw new Error(`Of ${pictures.length} pictures ${made.length} have a thumbnail.`);
  }
} finally {
  const ended = once(app.process, 'exit');
  app.process.kill();
  await ended;
  rmSync(work, { recursive: true, force: true, maxRetries: 10 });
}
