import { isMainThread, workerData } from 'node:worker_threads';
import { type ErrorCode, failureOf } from '../../shared/failure.ts';
import { CancelSignals } from './cancel-flags.ts';
import type { Outcome, Task, TaskKind, TaskMessage, WorkerData } from './protocol.ts';

/** Tasks are loaded when first asked for: a worker that fetches never pays for sharp. */
const loaders: Record<TaskKind, () => Promise<Task>> = {
  ping: async () => () => 'pong',
  'load-module': async () => (await import('./module/run-module.ts')).loadModule,
  module: async () => (await import('./module/run-module.ts')).runModule,
  thumbnail: async () => (await import('./thumbnail/thumbnail.ts')).thumbnailTask,
  fetch: async () => (await import('./fetch/fetch.ts')).fetchTask,
};

/** The code of what a task throws without one of its own. */
const fallbackCodes: Record<TaskKind, ErrorCode> = {
  ping: 'TASK_THREW',
  'load-module': 'TASK_NOT_FOUND',
  module: 'TASK_THREW',
  thumbnail: 'CORRUPT_IMAGE',
  fetch: 'FETCH_FAILED',
};

const tasks = new Map<TaskKind, Task>();
const signals = isMainThread ? undefined : new CancelSignals(flagsOf(workerData));

/** The one function piscina calls: runs a task and turns whatever it throws into data. */
export default async function runTask({ kind, slot, payload }: TaskMessage): Promise<Outcome<unknown>> {
  const signal = signals?.signal(slot) ?? new AbortController().signal;
  const started = performance.now();
  try {
    let task = tasks.get(kind);
    if (!task) {
      task = await loaders[kind]();
      tasks.set(kind, task);
    }
    const value = await task(payload, { signal });
    return { status: 'done', value, ms: performance.now() - started };
  } catch (error) {
    const ms = performance.now() - started;
    if (signal.aborted) return { status: 'cancelled', ms };
    return { status: 'failed', error: failureOf(error, fallbackCodes[kind]), ms };
  }
}

/** Piscina hands the pool's own workerData on as the last element of an array, beside its environment data. */
function flagsOf(data: unknown): SharedArrayBuffer {
  const own: unknown = Array.isArray(data) ? data.at(-1) : data;
  return (own as WorkerData).cancelFlags;
}
