import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { hash64 } from '../../../shared/hash64.ts';

/**
 * Which process a temporary file belongs to. A process number alone says little: it is given again after its process
 * has ended, and means another process in each container and on each machine that shares the folder.
 */
export interface Owner {
  /** Eight hexadecimal digits that stand for the machine since its start, and for the PID namespace. */
  readonly host: string;
  readonly pid: number;
  /** When the process started: clock ticks since boot on Linux, seconds since 1970 elsewhere. */
  readonly start: string;
}

/** This process. The same in all its threads. */
export const self: Owner = { host: hostKey(), pid: process.pid, start: ownStart() };

/** Of a file that was put aside whole, for whoever wants to go on with it. */
export const nobody: Owner = { host: '00000000', pid: 0, start: '0' };

function isSelf({ host, pid, start }: Owner): boolean {
  return host === self.host && pid === self.pid && start === self.start;
}

/** Whether the owner is still running. `unknown` for another machine's or container's: only its files can tell. */
export function lifeOf(owner: Owner): 'alive' | 'dead' | 'unknown' {
  if (owner.host === nobody.host) return 'dead';
  if (owner.host !== self.host) return 'unknown';
  if (!isRunning(owner.pid)) return 'dead';
  const start = startOf(owner.pid);
  if (start === undefined) return isSelf(owner) ? 'alive' : 'unknown';
  return start === owner.start ? 'alive' : 'dead';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
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

/** Field 22 of proc_pid_stat(5). The second field is a name that may hold spaces and brackets. */
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
