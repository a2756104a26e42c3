import { join } from 'node:path';
import { app, shell } from 'electron';
import { stateFolder } from '../../engine/index.ts';
import type { PlaceName } from '../../shared/first-start/places.ts';
import type { InputRegistry } from '../inputs/input-registry.ts';
import { placeOf } from '../inputs/place-of.ts';
import type { FirstStartHandlers } from '../ipc/handlers.ts';
import { makeSamplePictures } from './sample-pictures.ts';

/** The handlers for who sees the window for the first time. */
export function firstStartHandlers(inputs: InputRegistry, downloads: string): FirstStartHandlers {
  const places: Readonly<Record<PlaceName, () => string>> = {
    settings: () => app.getPath('userData'),
    history: stateFolder,
  };
  return {
    'app:places': async () => ({ settings: words(places.settings()), history: words(places.history()) }),
    'app:open-place': async ({ name }) => {
      await shell.openPath(places[name]());
    },
    'samples:pictures': async () => {
      const folder = join(downloads, 'Sample pictures');
      await makeSamplePictures(folder);
      return inputs.registerPaths([folder]);
    },
  };
}

function words(folder: string): string {
  return placeOf(join(folder, 'file'));
}
