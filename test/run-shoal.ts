import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp-folder.ts';

export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url));
export const shoalBin = join(repositoryRoot, 'bin/shoal.cjs');

/** One line of `--json`. Loosely typed on purpose: it is what a script sees. */
export type JsonEvent = Readonly<Record<string, unknown>>;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSettings extends Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> {
  readonly input?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  /** A command that runs it, such as one that enters a network namespace. */
  readonly by?: readonly string[];
}

/** A command line with a ledger of its own: runs of one `Shell` remember each other, those of two do not. */
export class Shell {
  readonly stateFolder: string;

  constructor(stateFolder: string = tempFolder()) {
    this.stateFolder = stateFolder;
  }

  /** Starts `shoal` and hands out the process; it is killed when the test ends before it does. */
  start(args: readonly string[], { input, env, by = [], ...options }: RunSettings = {}): ChildProcess {
    const [command = '', ...all] = [...by, process.execPath, shoalBin, ...args];
    const child = spawn(command, all, {
      ...options,
      env: {
        ...process.env,
        NO_COLOR: '1',
        SHOAL_STATE_DIR: this.stateFolder,
        SHOAL_CONFIG_DIR: this.stateFolder,
        ...env,
      },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stdin?.on('error', () => {});
    if (input !== undefined) child.stdin?.end(input);
    return child;
  }

  /** Runs `shoal` to its end. */
  run(args: readonly string[], settings: RunSettings = {}): Promise<Ended> {
    return ended(this.start(args, settings));
  }

  /** Runs `shoal … --json` and parses what it prints. */
  async json(args: readonly string[], settings: RunSettings = {}): Promise<Ended & JsonRun> {
    const run = await this.run([...args, '--json'], settings);
    return { ...run, ...parseEvents(run.stdout) };
  }

  /** What `shoal runs --json` tells, the newest run first. */
  async runs(): Promise<JsonEvent[]> {
    const { stdout } = await this.run(['runs', '--json']);
    return eventsOf(stdout);
  }
}

export interface JsonRun {
  readonly results: readonly JsonEvent[];
  readonly summary: JsonEvent | undefined;
}

function eventsOf(stdout: string): JsonEvent[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonEvent);
}

export function parseEvents(stdout: string): JsonRun {
  const events = eventsOf(stdout);
  const last = events.at(-1);
  return {
    results: events.filter(({ type }) => type === 'result'),
    summary: last?.type === 'summary' ? last : undefined,
  };
}

/** Waits for a process and gathers what it said. */
export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
