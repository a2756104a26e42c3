import { readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { basename } from 'node:path';

let answer: boolean | undefined;

/**
 * Whether this process was started to outlive its terminal: by nohup(1), or with SIGHUP ignored (`trap '' HUP`). Node
 * resets all ignored signals as it starts, so the process cannot see its own original setting. Instead this checks
 * whether the parent process ignores SIGHUP, and whether nohup has left its traces.
 */
export function outlivesTerminal(): boolean {
  answer ??= hasTracesOfNohup() || ignoresHangup(process.env.SHOAL_STARTED_BY ?? String(process.ppid));
  return answer;
}

function hasTracesOfNohup(): boolean {
  // bash, zsh and ksh set `_` to the program that started each command.
  if (basename(process.env._ ?? '') === 'nohup') return true;
  // In place of a terminal, nohup gives a write-only /dev/null as input and the file nohup.out as output.
  if (readText('/proc/self/fdinfo/0', /^flags:\s*\d*1$/m) && linkOf(0) === '/dev/null') return true;
  return [1, 2].some((stream) => basename(linkOf(stream)) === 'nohup.out');
}

/** Whether a process ignores SIGHUP. Known only on Linux; false elsewhere. */
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
