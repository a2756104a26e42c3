import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ItemError } from '../../../shared/failure.ts';
import type { InitContext, MapContext } from '../common/task-context.ts';

export type UserTask = (item: unknown, context: MapContext) => unknown;

export interface LoadedTask {
  readonly task: UserTask;
  readonly init: ((context: InitContext) => unknown) | undefined;
}

type Exports = Readonly<Record<string, unknown>>;

/**
 * Loads a module's task, and its `init` if it has one.
 * @throws ItemError `TASK_NOT_FOUND` if it cannot be loaded or does not export the function.
 */
export async function loadTask(url: string, name: string): Promise<LoadedTask> {
  const exports = await load(url);
  const task = exportOf(exports, name);
  if (typeof task !== 'function') {
    const as = name === 'default' ? 'as its default' : `of the name ${name}`;
    throw new ItemError(
      'TASK_NOT_FOUND',
      `Expected ${url} to export a function ${as}, got ${sayGot(task)}${sayOthers(exports, name)}`,
    );
  }
  if (isClass(task)) {
    throw new ItemError(
      'TASK_NOT_FOUND',
      `Expected ${url} to export a function, got the class ${task.name}: export a function that uses it`,
    );
  }
  const init = exportOf(exports, 'init');
  if (init !== undefined && typeof init !== 'function') {
    throw new ItemError('TASK_NOT_FOUND', `Expected init of ${url} to be a function, got ${sayGot(init)}`);
  }
  // Where `init` itself is the task there is none.
  const isTask = init === task;
  return { task: task as UserTask, init: isTask ? undefined : (init as LoadedTask['init']) };
}

async function load(url: string): Promise<Exports> {
  try {
    return await import(url);
  } catch (cause) {
    throw new ItemError('TASK_NOT_FOUND', `Cannot load ${url}: ${whyNot(url, cause)}`, { cause });
  }
}

/**
 * What CommonJS exports is the default as a whole. Where a compiler made it of a module, its own default is one further
 * in, and the other exports lie there too.
 */
function exportOf(exports: Exports, name: string): unknown {
  const whole = exports.default;
  const inner = isObject(whole) && !(name in exports && name !== 'default') ? (whole as Exports) : undefined;
  if (name === 'default') return inner?.__esModule === true && 'default' in inner ? inner.default : whole;
  return Object.hasOwn(exports, name) ? exports[name] : inner && own(inner, name);
}

function own(object: Exports, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// biome-ignore lint/complexity/noBannedTypes: any function at all.
function isClass(task: Function): boolean {
  return /^class\b/.test(Function.prototype.toString.call(task));
}

function sayGot(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function sayOthers(exports: Exports, name: string): string {
  // Node has all that CommonJS exports also by a name of its own.
  const unsaid = new Set([name, 'init', 'module.exports']);
  const others = Object.keys(exports).filter((key) => !unsaid.has(key) && typeof exports[key] === 'function');
  return others.length > 0 && others.length <= 20 ? `; it exports ${others.join(', ')}` : '';
}

function whyNot(url: string, cause: unknown): string {
  const { code, message } = Object(cause) as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : String(cause);
  switch (code) {
    case 'ERR_MODULE_NOT_FOUND':
    case 'MODULE_NOT_FOUND':
      if (!isThere(url)) return 'There is no such file';
      // The rest names the inner file that asked for it.
      return text.split(' imported from ')[0] ?? text;
    case 'ERR_UNSUPPORTED_DIR_IMPORT':
      return 'It is a folder';
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
    case 'ERR_INVALID_TYPESCRIPT_SYNTAX':
      return `${firstLine(text)}. Node only leaves types out: enums, namespaces and parameter properties must be compiled to JavaScript first`;
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return `Node ${process.versions.node} does not run such a file (${basename(url)}): compile it to JavaScript first`;
    default:
      return text;
  }
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? text).replace(/\.$/, '');
}

function isThere(url: string): boolean {
  try {
    return !url.startsWith('file:') || existsSync(fileURLToPath(url));
  } catch {
    return true;
  }
}
