import { type ChildProcess, spawn } from 'node:child_process';

export interface Started {
  readonly process: ChildProcess;
  /** Where Playwright can connect. */
  readonly endpoint: string;
}

/**
 * Starts a packed app, or a browser, so that its window can be used from outside. Not as Playwright starts Electron, by Node's
 * inspector: that is switched off in what is packed (resources/fuses.json).
 */
export async function startPacked(
  executable: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  waitMs = 60_000,
): Promise<Started> {
  const started = spawn(executable, ['--remote-debugging-port=0', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  const endpoint = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      started.kill('SIGKILL');
      reject(new Error(`${executable} has offered no window in ${waitMs / 1000} s:\n${said}`));
    }, waitMs);
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    started.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    started.on('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`${executable} ended (${signal ?? code}) without a window:\n${said}`));
    });
  });
  return { process: started, endpoint };
}
