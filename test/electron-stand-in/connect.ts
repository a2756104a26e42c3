import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromTest, ToTest } from './control.ts';
import { threadsForMain } from './threads.ts';

/** A running stand-in, held from a test's process. */
export interface StandInProcess {
  readonly process: ChildProcess;
  readonly endpoint: string;
  evaluate(source: string, argument: unknown): Promise<unknown>;
  quit(): Promise<void>;
}

export async function startStandIn(options: {
  appFolder: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** With a window that a person sees. Not in tests. */
  visible?: boolean;
}): Promise<StandInProcess> {
  const run = fileURLToPath(new URL('run.ts', import.meta.url));
  const headless = options.visible ? [] : ['--headless'];
  const child = fork(run, [...headless, options.appFolder, ...options.args], {
    env: { ...threadsForMain, ...options.env },
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastCall = 0;
  const tell = (message: FromTest) => child.send(message);

  const endpoint = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: ToTest) => {
      if (message.kind === 'ready') return resolve(message.endpoint);
      const call = waiting.get(message.call);
      waiting.delete(message.call);
      if (message.kind === 'value') call?.resolve(message.value);
      else call?.reject(new Error(message.message));
    });
    child.on('exit', (code, signal) => {
      const gone = new Error(`The stand-in ended (${signal ?? code}).`, { cause: code });
      reject(gone);
      for (const call of waiting.values()) call.reject(gone);
    });
  });
  return {
    process: child,
    endpoint,
    evaluate(source, argument) {
      const call = ++lastCall;
      return new Promise((resolve, reject) => {
        waiting.set(call, { resolve, reject });
        tell({ kind: 'evaluate', call, source, argument });
      });
    },
    async quit() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      if (child.connected) tell({ kind: 'quit' });
      // A quit that hangs is a fault of the app and must not become a hang of the test.
      const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
      const [, signal] = await exited;
      clearTimeout(late);
      if (signal === 'SIGKILL') throw new Error('The app did not quit within 30 seconds.');
    },
  };
}
