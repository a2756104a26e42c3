import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { hash64 } from '../../../shared/hash64.ts';
import { isRunning } from '../system/is-running.ts';

/**
 * The process that a temporary file belongs to. A process id alone does not identify it: ids are reused after a process
 * has ended, and mean other processes in each container and on each machine that shares the folder.
 */
export interface Owner {
  /** Eight hexadecimal digits for the machine since its last boot, and for the PID namespace. */
  readonly host: string;
  readonly pid: number;
  /** When the process started: clock ticks since boot on Linux, seconds since 1970 elsewhere. */
  readonly start: string;
}

/** This process, the same in all its threads. */
export const self: Owner = { host: hostKey(), pid: process.pid, start: ownStart() };

/** The owner of a part that was put aside: anybody may continue it. */
export const nobody: Owner = { host: '00000000', pid: 0, start: '0' };

function isSelf({ host, pid, start }: Owner): boolean {
  return host === self.host && pid === self.pid && start === self.start;
}

/**
 * Whether the owner is still running. `unknown` on another machine or in another container: only its files can tell.
 */
export function lifeOf(owner: Owner): 'alive' | 'dead' | 'unknown' {
  if (owner.host === nobody.host) return 'dead';
  if (owner.host !== self.host) return 'unknown';
  if (!isRunning(owner.pid)) return 'dead';
  const start = startOf(owner.pid);
  if (start === undefined) return isSelf(owner) ? 'alive' : 'unknown';
  return start === owner.start ? 'alive' : 'dead';
}

function hostKey(): string {
  const parts = [textOf('/proc/sys/kernel/random/boot_id'), hostname(), linkOf('/proc/self/ns/pid')];
  return hash64(parts.join('\n'))[0].toString(16).padStart(8, '0');
}

function ownStart(): string {
  return (
    startOf(process.pid) ?? String(Math.round(Date.now() / 1_000 - Math.min(process.uptime(), uptime())))
  );
}

/** Field 22 of proc_pid_stat(5). The second field is a name that may contain spaces and brackets. */
function startOf(pid: number): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
