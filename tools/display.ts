import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** macOS and Windows always have a display to show a window on; elsewhere the environment tells. */
export function findDisplay(): 'there' | 'none' {
  if (process.platform === 'darwin' || process.platform === 'win32') return 'there';
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? 'there' : 'none';
}

/** A virtual display on a number that Xvfb finds free; the caller ends it. */
export async function startXvfb(): Promise<{ display: string; process: ChildProcess }> {
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const pipe = xvfb.stdio[3];
  if (!pipe) throw new Error('Xvfb has nothing to tell its display by.');
  const failed = once(xvfb, 'error').then(([error]) => {
    throw new Error('Xvfb could not be started (apt-get install xvfb).', { cause: error });
  });
  const [number] = (await Promise.race([once(pipe, 'data'), failed])) as [Buffer];
  return { display: `:${number.toString().trim()}`, process: xvfb };
}
