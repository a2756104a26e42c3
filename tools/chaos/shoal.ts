import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const shoalBin = join(root, 'bin/shoal.cjs');

/** No run of this suite takes this long unless it hangs, in milliseconds. */
const limitMs = 90_000;

export function isBuilt(): boolean {
  return existsSync(join(root, 'dist/main.cjs'));
}

export interface Launch {
  readonly args: readonly string[];
  /** The folder of its ledger. */
  readonly state: string;
  /** A command that is given Shoal's own to run, such as one that opens a namespace for it. */
  readonly within?: readonly string[];
}

/** What `--json` told of one item, as far as it is looked at here. */
interface Told {
  readonly input: string;
  readonly status: string;
  readonly output?: string;
  readonly sha256?: string;
  readonly thumbnail?: { readonly output?: string };
  readonly error?: { readonly code: string; readonly message: string };
}

export interface Ended {
  /** As shells tell it: 128 + the signal that ended it. */
  readonly code: number;
  readonly results: readonly Told[];
  /** It told its totals: it was not cut off. */
  readonly summed: boolean;
  readonly stderr: string;
  readonly ms: number;
  /** It did not end by itself. */
  readonly overdue: boolean;
}

export interface Run {
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) killAll(child);
});

/** The command that runs Shoal as it is shipped. */
export function shoalCommand(args: readonly string[]): string[] {
  return [process.execPath, shoalBin, ...args, '--json'];
}

export function start({ args, state, within = [] }: Launch): Run {
  return startCommand([...within, ...shoalCommand(args)], state);
}

/** Starts what runs Shoal, or more than that. */
export function startCommand([program = '', ...rest]: readonly string[], state: string): Run {
  const began = performance.now();
  const child = spawn(program, rest, {
    env: { ...process.env, NO_COLOR: '1', SHOAL_STATE_DIR: state },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what hangs is killed with all that it has started.
    detached: true,
  });
  living.add(child);
  return { ended: endOf(child, began), kill: (signal) => void child.kill(signal) };
}

/** Runs Shoal to its end. */
export function run(launch: Launch): Promise<Ended> {
  return start(launch).ended;
}

async function endOf(child: ChildProcess, began: number): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  let overdue = false;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const limit = setTimeout(() => {
    overdue = true;
    killAll(child);
  }, limitMs);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (own, signal) => resolve(own ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
  clearTimeout(limit);
  living.delete(child);
  return { ...told(stdout), code, stderr, ms: performance.now() - began, overdue };
}

function killAll({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** What `--json` told. The last line of a run that was killed may be cut. */
export function told(stdout: string): Pick<Ended, 'results' | 'summed'> {
  const results: Told[] = [];
  let summed = false;
  for (const line of stdout.split('\n')) {
    const event = parsed(line);
    if (event?.type === 'result') results.push(event);
    summed ||= event?.type === 'summary';
  }
  return { results, summed };
}

function parsed(line: string): (Told & { readonly type?: string }) | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Told;
  } catch {
    return undefined;
  }
}
