import { isMainThread, workerData } from 'node:worker_threads';
import { type ErrorCode, failureOf } from '../shared/failure.ts';
import { machineFault } from './files/machine-fault.ts';
import { CancelSignals } from './pool/threads/cancel-flags.ts';
import { type ChannelPayload, runChannel } from './pool/threads/channel.ts';
import { printToStderr } from './pool/threads/print-to-stderr.ts';
import type { LoadedKind, Outcome, Task, TaskMessage, WorkerData } from './pool/threads/protocol.ts';
import { preferWasmSharp } from './pool/threads/wasm-sharp.ts';

/** Tasks are loaded on first use: a worker that fetches never pays for sharp. */
const loaders: Record<LoadedKind, () => Promise<Task>> = {
  ping: async () => (payload) =>
    payload === undefined ? 'pong' : taskOf(payload as LoadedKind).then(() => 'pong'),
  'map-lane': async () => (await import('./map/task/serve-lane.ts')).serveLane,
  thumbnail: async () => (await import('./thumbnails/task/thumbnail.ts')).thumbnailTask,
  'warm-up': async () => (await import('./thumbnails/task/warm-up.ts')).warmUpTask,
  'thumbnail-of-bytes': async () =>
    (await import('./thumbnails/task/thumbnail-of-bytes.ts')).thumbnailOfBytesTask,
  placeholder: async () => {
    const { jpeg } = await import('./thumbnails/task/held-jpeg.ts');
    return (await import('./thumbnails/task/placeholder/placeholder.ts')).placeholderTaskWith(jpeg);
  },
  'contact-sheet': async () =>
    (await import('./thumbnails/task/contact-sheet/contact-sheet.ts')).contactSheetTask,
  fetch: async () =>
    (await import('./fetches/task/fetch.ts')).fetchTaskWith(
      async (settings) =>
        new (await import('./fetches/then-thumbnail/thumbnails-at-once.ts')).ThumbnailsAtOnce(settings),
    ),
};

/** The codes for errors that a task throws without one. */
const fallbackCodes: Record<LoadedKind, ErrorCode> = {
  ping: 'TASK_THREW',
  'map-lane': 'UNEXPECTED',
  thumbnail: 'UNEXPECTED',
  'warm-up': 'TASK_THREW',
  'thumbnail-of-bytes': 'UNEXPECTED',
  placeholder: 'UNEXPECTED',
  'contact-sheet': 'UNEXPECTED',
  fetch: 'FETCH_FAILED',
};

const tasks = new Map<LoadedKind, Task>();
const own = isMainThread ? undefined : ownData(workerData);
const signals = own && new CancelSignals(own.cancelFlags);
// Before any task is loaded: a task may load sharp.
if (own?.wasmSharp) preferWasmSharp();
if (own?.printsTo === 'stderr') printToStderr();

type ItemMessage = TaskMessage & { readonly kind: LoadedKind; readonly settings?: unknown };

/** The one function that piscina calls. It waits for this promise before it gives the thread any work. */
export default whenLoaded(own?.preload).then(() => work);

async function whenLoaded(kind: LoadedKind | undefined): Promise<void> {
  // If the task cannot be loaded, the ping or the first item reports it.
  if (kind) await taskOf(kind).catch(() => {});
}

async function work(message: TaskMessage): Promise<Outcome<unknown>> {
  const { kind: wanted, slot } = message;
  if (wanted !== 'channel') return runTask({ kind: wanted, slot, payload: message.payload });
  const { kind, port, settings } = message.payload as ChannelPayload;
  await runChannel(port, (payload) => runTask({ kind, slot, payload, settings }));
  return { status: 'done', value: undefined, ms: 0 };
}

/** Runs a task and turns whatever it throws into data. */
async function runTask({ kind, slot, payload, settings }: ItemMessage): Promise<Outcome<unknown>> {
  const signal = signals?.signal(slot) ?? new AbortController().signal;
  const started = performance.now();
  try {
    const task = tasks.get(kind) ?? (await taskOf(kind));
    const value = await task(payload, { signal, settings });
    return { status: 'done', value, ms: performance.now() - started };
  } catch (error) {
    const ms = performance.now() - started;
    if (signal.aborted) return { status: 'cancelled', ms };
    const fault = machineFault(error, 'A worker thread');
    return { status: 'failed', error: failureOf(fault ?? error, fallbackCodes[kind]), ms };
  }
}

async function taskOf(kind: LoadedKind): Promise<Task> {
  const task = await loaders[kind]();
  tasks.set(kind, task);
  return task;
}

/** piscina passes the pool's own workerData as the last element of an array, after its environment data. */
function ownData(data: unknown): WorkerData {
  return (Array.isArray(data) ? data.at(-1) : data) as WorkerData;
}
