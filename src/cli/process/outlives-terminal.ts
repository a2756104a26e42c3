import { readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { basename } from 'node:path';

let answer: boolean | undefined;

/**
 * Whether this process was started to outlive its terminal: by nohup(1), or with SIGHUP ignored (`trap '' HUP`). Node sets
 * all ignored signals back as it starts, so that it cannot be asked any more what it was given. What can be asked is
 * whether the process that started us ignores SIGHUP, and whether there are the traces that nohup leaves.
 */
export function outlivesTerminal(): boolean {
  answer ??= hasTracesOfNohup() || ignoresHangup(process.env.SHOAL_STARTED_BY ?? String(process.ppid));
  return answer;
}

function hasTracesOfNohup(): boolean {
  // bash, zsh and ksh tell each command in `_` by what it was started.
  if (basename(process.env._ ?? '') === 'nohup') return true;
  // For a terminal it puts a /dev/null that can only be written to, and the file nohup.out.
  if (readText('/proc/self/fdinfo/0', /^flags:\s*\d*1$/m) && linkOf(0) === '/dev/null') return true;
  return [1, 2].some((stream) => basename(linkOf(stream)) === 'nohup.out');
}

/** On Linux; elsewhere it is not told. */
function ignoresHangup(pid: string): boolean {
  const mask = readText(`/proc/${pid}/status`, /^SigIgn:\s*([0-9a-f]+)$/m)?.[1];
  return mask !== undefined && (BigInt(`0x${mask}`) & (1n << BigInt(constants.signals.SIGHUP - 1))) !== 0n;
}

function readText(path: string, pattern: RegExp): RegExpExecArray | undefined {
  try {
    return pattern.exec(readFileSync(path, 'utf8')) ?? undefined;
  } catch {
    return undefined;
  }
}

function linkOf(stream: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${stream}`);
  } catch {
    return '';
  }
}
