import { spawn } from 'node:child_process';

/** What a run of ffmpeg ended with. */
export interface FfmpegOutcome {
  readonly ends: 'itself' | 'too slow' | 'too much' | 'aborted' | 'not started';
  readonly output: Buffer;
  /** What it complains of. */
  readonly said: string;
}

/** How long it may take, in seconds. */
const timeoutSeconds = 30;
const mostSaid = 16_384;

/**
 * Runs ffmpeg to its end, and no longer than it may: it is killed when it takes too long, writes more than `mostBytes`,
 * or the run is aborted. If this process dies, its limit of CPU time and its closed pipe end it.
 */
export function runFfmpeg(
  ffmpeg: string,
  args: readonly string[],
  mostBytes: number,
  signal: AbortSignal | undefined,
): Promise<FfmpegOutcome> {
  return new Promise((resolve) => {
    const limits = ['-hide_banner', '-nostdin', '-v', 'error', '-timelimit', String(timeoutSeconds)];
    const child = spawn(ffmpeg, [...limits, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    child.on('error', () => kill('not started'));
    const pieces: Buffer[] = [];
    let bytes = 0;
    let said = '';
    let ends: FfmpegOutcome['ends'] = 'itself';
    const kill = (why: FfmpegOutcome['ends']) => {
      if (ends === 'itself') ends = why;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => kill('too slow'), 1000 * timeoutSeconds);
    const abort = () => kill('aborted');
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
    child.stdout?.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostBytes) kill('too much');
      else pieces.push(piece);
    });
    child.stderr?.on('data', (piece: Buffer) => {
      if (said.length < mostSaid) said += piece.toString('utf8');
    });
    child.on('close', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve({ ends, output: Buffer.concat(pieces), said });
    });
  });
}
