import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import type { Handlers } from '../shared/ipc/contract.ts';
import type { Registration } from '../shared/ipc/inputs.ts';
import type { Settings } from '../shared/ipc/settings.ts';
import { systemLanguage } from './app/window-language.ts';
import { crashHandlers, crashMemorySchema } from './crash/crash-handlers.ts';
import { firstStartHandlers } from './first-start/first-start-handlers.ts';
import { appHandlers } from './ipc/app-handlers.ts';
import { dialogHandlers } from './ipc/dialog-handlers.ts';
import { formerRunHandlers } from './ipc/former-run-handlers.ts';
import { allHandlers } from './ipc/handlers.ts';
import { historyHandlers } from './ipc/history-handlers.ts';
import { inputHandlers } from './ipc/input-handlers.ts';
import { itemHandlers } from './ipc/item-handlers.ts';
import { jobHandlers } from './ipc/job-handlers.ts';
import { limitHandlers } from './ipc/limit-handlers.ts';
import { presetHandlers } from './ipc/preset-handlers.ts';
import { queueHandlers } from './ipc/queue-handlers.ts';
import { resultHandlers } from './ipc/result-handlers.ts';
import { runHandlers } from './ipc/run-handlers.ts';
import { sampleHandlers } from './ipc/sample-handlers.ts';
import { selectionHandlers } from './ipc/selection-handlers.ts';
import { watchedHandlers } from './ipc/watched-handlers.ts';
import { countUrls } from './jobs/count-urls.ts';
import { machineHandlers } from './machines/machine-handlers.ts';
import { dataFile, type Services } from './services.ts';
import { JsonFile } from './storage/json-file.ts';
import { updateHandlers } from './updates/update-handlers.ts';

interface Around {
  readonly window: () => BrowserWindow | undefined;
  readonly settings: JsonFile<Settings>;
  /** The file with the notices of what the app contains. */
  readonly notices: string;
  /** The inputs given by arguments or "open with" and not taken yet. */
  readonly takeOpened: () => Promise<Registration>;
  /** Called with the settings after each change. */
  readonly onChanged: (settings: Settings) => void;
}

/** The handlers of the whole contract, on what the app consists of. */
export function makeHandlers(
  services: Services,
  { window, settings, notices, takeOpened, onChanged }: Around,
): Handlers {
  const { inputs, outputs, files, modules, thumbs, texts, hidden, recent } = services;
  const { engine, sessions, tuning, queue, watched, previews, samples, address, machines } = services;
  const { updates, reports } = services;
  const downloads = join(app.getPath('downloads'), 'Shoal');
  const givens = { inputs, outputs, files, modules, downloads };
  const known = { ...givens, texts };
  const settingsNow = () => settings.read();
  return allHandlers(
    appHandlers({
      version: app.getVersion(),
      systemLanguage: systemLanguage(),
      settings,
      notices,
      onChanged,
    }),
    dialogHandlers(window, inputs, outputs, files, modules),
    inputHandlers(inputs, takeOpened, (text, signal) =>
      countUrls(text, downloads, (request, options) => engine.run(request, options), signal),
    ),
    jobHandlers({
      ...givens,
      ...{ texts, engine, previews, samples, sessions, recent, tuning },
      settings: settingsNow,
    }),
    sampleHandlers({ givens, previews, samples, sessions }),
    runHandlers(sessions, machines),
    itemHandlers(sessions),
    selectionHandlers(window, sessions, inputs, modules),
    resultHandlers(window, sessions, recent),
    formerRunHandlers({ sessions, thumbs, recent, hidden, known }),
    queueHandlers({ queue, known, settings: settingsNow }),
    watchedHandlers({ watched, sessions, givens }),
    machineHandlers({ address, machines, sessions, givens }),
    historyHandlers(sessions),
    presetHandlers(inputs),
    limitHandlers(sessions),
    updateHandlers(updates),
    crashHandlers(
      reports,
      new JsonFile(dataFile('crash.json'), crashMemorySchema, () => crashMemorySchema.parse({})),
    ),
    firstStartHandlers(inputs, downloads),
  );
}
