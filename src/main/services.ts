import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import { Engine } from '../engine/index.ts';
import workerFile from '../engine/worker.ts?modulePath';
import type { EventOf } from '../shared/ipc/contract.ts';
import type { EventName } from '../shared/ipc/names.ts';
import { type Settings, settingsSchema } from '../shared/ipc/settings.ts';
import type { Desktop } from './app/desktop.ts';
import { rememberInputs } from './app/launcher-entries.ts';
import { poolCeiling } from './app/thread-pool.ts';
import { placeSchema } from './app/window-place.ts';
import type { CrashReports } from './crash/crash-reports.ts';
import { notedEngine, noteEnd } from './crash/noted-engine.ts';
import { ThumbRegistry } from './images/thumb-registry.ts';
import { FileRegistry } from './inputs/file-registry.ts';
import { InputRegistry } from './inputs/input-registry.ts';
import { ModuleRegistry } from './inputs/module-registry.ts';
import { OutputRegistry } from './inputs/output-registry.ts';
import { startSizeOf } from './ipc/start-size.ts';
import { LatestPreview } from './jobs/latest-preview.ts';
import { Machines } from './machines/machines.ts';
import { QueueAddress } from './machines/queue-address.ts';
import { keptQueueSchema, RunQueue } from './runs/run-queue.ts';
import { RunRegistry } from './runs/run-registry.ts';
import { TuneRun } from './runs/tune-run.ts';
import { LatestSamples } from './samples/latest-samples.ts';
import { HiddenRuns, hiddenRunsSchema } from './storage/hidden-runs.ts';
import { JsonFile } from './storage/json-file.ts';
import { keptJob } from './storage/kept-job.ts';
import { PastedLists } from './storage/pasted-lists.ts';
import { RecentRuns } from './storage/recent-runs.ts';
import { loadUpdater } from './updates/load-updater.ts';
import { reasonForNone } from './updates/reason-for-none.ts';
import { updaterLog } from './updates/updater-log.ts';
import { Updates, updateMemorySchema } from './updates/updates.ts';
import { KeptWatches } from './watched/kept-watches.ts';
import { WatchedFolders } from './watched/watched-folders.ts';

/**
 * The niceness of worker threads, so that the page and main still respond while the pool keeps every core busy. Half of
 * Linux's range: the pool still gets all the time that no other process uses.
 */
const workersNice = 10;

/** A file of the app's own data. */
export const dataFile = (name: string) => join(app.getPath('userData'), name);

export function openSettings() {
  return new JsonFile(dataFile('settings.json'), settingsSchema, () => settingsSchema.parse({}));
}

export function openPlace() {
  return new JsonFile(dataFile('window.json'), placeSchema, () => placeSchema.parse({}));
}

interface Surroundings {
  /** Sends an event to the page, if there is one. */
  readonly toPage: <Name extends EventName>(name: Name, event: EventOf<Name>) => void;
  readonly desktop: Desktop;
  readonly settings: JsonFile<Settings>;
  readonly reports: CrashReports;
  /** Ends all that is under way, as a quit does. */
  readonly shutDown: () => Promise<void>;
  /** Asks whether a module may run that nobody chose in a dialog. */
  readonly askOfModule: ConstructorParameters<typeof ModuleRegistry>[0]['ask'];
}

export type Services = ReturnType<typeof startServices>;

/** What the app consists of besides its window: what it was given, what it keeps, and what does the work. */
export function startServices({ toPage, desktop, settings, reports, shutDown, askOfModule }: Surroundings) {
  const known = new JsonFile(dataFile('known-modules.json'), z.array(z.string()), () => []);
  const modules = new ModuleRegistry({ known, ask: askOfModule });
  const inputs = new InputRegistry(rememberInputs, (path) => modules.offer(path));
  const outputs = new OutputRegistry();
  const files = new FileRegistry();
  const thumbs = new ThumbRegistry();
  const texts = new PastedLists(dataFile('lists'));
  const hidden = new HiddenRuns(new JsonFile(dataFile('hidden-runs.json'), hiddenRunsSchema, () => []));
  const recent = new RecentRuns(texts, hidden);
  const engine = new Engine({
    workerFile,
    wasmSharp: process.platform === 'linux',
    nice: workersNice,
    keepThreads: poolCeiling,
  });
  const sessions = new RunRegistry({
    engine: notedEngine(engine, reports),
    thumbs,
    modules,
    recent,
    poolCeiling,
    tell: (update) => toPage('run:update', update),
    onProgress: (session) => desktop.progress(session),
    onEnded: (session, job, watchedId) => {
      desktop.ended(session, job.folder);
      noteEnd(session.describe(), reports);
      void (async () => {
        if (watchedId) await watched.ended(session, watchedId);
        // Who stops following has cancelled nothing.
        await queue.ended(session.cancelled && !watchedId && session.handedOut === undefined);
        watched.goOn();
      })();
    },
  });
  const tuning = new TuneRun({
    time: (job, options) => engine.time(job.request, options),
    poolCeiling,
    tell: (update) => toPage('tune:update', update),
    onEnded: () => watched.goOn(),
  });
  const queue = new RunQueue({
    file: new JsonFile(dataFile('queue.json'), keptQueueSchema, () => []),
    keep: (job) => keptJob(job, texts),
    start: async (job, size) => {
      await tuning.cancel();
      await sessions.start(job, size);
    },
    isOn: () => sessions.isOn,
    tell: (state) => toPage('queue:changed', state),
  });
  const watched = new WatchedFolders({
    file: new KeptWatches(dataFile('watched-folders.json')),
    engine,
    start: (job, id) =>
      sessions.start(job, startSizeOf(job.kind, undefined, settings.read()), { watched: id }),
    isBusy: () => sessions.isOn || tuning.isOn,
    journalOf: (runId) => recent.journalIdOf(runId),
    tell: (state) => toPage('watched:changed', state),
  });
  const previews = new LatestPreview();
  const samples = new LatestSamples(engine, thumbs);
  const address = new QueueAddress(settings, process.env.SHOAL_QUEUE);
  const machines = new Machines({ address, sessions, recent });
  const updates = new Updates({
    none: reasonForNone({
      isPackaged: app.isPackaged,
      resources: process.resourcesPath,
      platform: process.platform,
      env: process.env,
    }),
    choice: () => settings.read().updates,
    memory: new JsonFile(dataFile('updates.json'), updateMemorySchema, () => ({})),
    load: () => loadUpdater(updaterLog(reports)),
    isBusy: () => sessions.isOn || tuning.isOn,
    shutDown,
    quit: () => app.quit(),
    tell: (state) => toPage('updates:changed', state),
  });
  return {
    ...{ updates, reports },
    ...{ inputs, outputs, files, modules, thumbs, texts, hidden, recent },
    ...{ engine, sessions, tuning, queue, watched, previews, samples, address, machines },
    async close(): Promise<void> {
      await updates.stop();
      await Promise.all([watched.close(), sessions.quit(), tuning.cancel()]);
      machines.close();
      await engine.close();
    },
  };
}
