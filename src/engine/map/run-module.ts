import { ItemError } from '../../shared/failure.ts';
import type { TaskContext } from '../pool/threads/protocol.ts';

/** A person's own function: `export default (item, { index, signal }) => value`. */
export type UserTask = (item: unknown, context: { index: number; signal: AbortSignal }) => unknown;

export interface ModulePayload {
  /** The module's URL, for `import()`. */
  readonly url: string;
  readonly item: unknown;
  readonly index: number;
}

/** Runs the default export of a person's module on one item. */
export async function runModule(payload: unknown, { signal }: TaskContext): Promise<unknown> {
  const { url, item, index } = payload as ModulePayload;
  const task = await loadUserTask(url);
  const value = await task(item, { index, signal });
  if (!isPlain(value)) assertCloneable(value);
  return value;
}

/** Loads a module without running its task, so that an error in loading is reported once, before any item. */
export async function loadModule(payload: unknown): Promise<void> {
  await loadUserTask((payload as Pick<ModulePayload, 'url'>).url);
}

/**
 * Loads a module's task.
 * @throws ItemError `TASK_NOT_FOUND` if it cannot be loaded or its default export is no function.
 */
async function loadUserTask(url: string): Promise<UserTask> {
  let module: { default?: unknown };
  try {
    // `import()` caches modules by URL, so this is only a look-up after the first item.
    module = await import(url);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ItemError('TASK_NOT_FOUND', `Cannot load ${url}: ${reason}`, { cause });
  }
  if (typeof module.default !== 'function') {
    const got = module.default === undefined ? 'nothing' : `a ${typeof module.default}`;
    throw new ItemError('TASK_NOT_FOUND', `Expected ${url} to export a function as its default, got ${got}`);
  }
  return module.default as UserTask;
}

function isPlain(value: unknown): boolean {
  return (
    value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')
  );
}

/** Checks a value before it is posted: a failure then would kill the worker, and with it other items. */
function assertCloneable(value: unknown): void {
  try {
    structuredClone(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ItemError('TASK_THREW', `The task returned what cannot leave its thread: ${reason}`, { cause });
  }
}
