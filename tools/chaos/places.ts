import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somewhere that a run believes itself to be: a command that is given Shoal's own to run. */
export type Within = readonly string[];

export const here: Within = [];

const containerFlags = ['--pid', '--fork', '--mount-proc', '--kill-child'];
const machineFlags = [...containerFlags, '--uts'];

/** Linux's own ways to say which machine and which start of it this is. */
const identities = ['/etc/machine-id', '/proc/sys/kernel/random/boot_id'];

/**
 * Process ids of its own, as in a container: the run is process 1, and sees no process of ours. Its child is killed with
 * it, so that whoever kills it kills the container.
 */
export function container(): Within | undefined {
  return unshare(containerFlags);
}

/**
 * A container with another host name and, where they can be replaced, other ids of machine and start: as much of another
 * machine on a shared folder as one kernel can play.
 * @param folder for its ids.
 */
export function otherMachine(name: string, folder: string): Within | undefined {
  const unshared = unshare(machineFlags);
  if (!unshared) return undefined;
  const replaced = identities.map((path, place) => {
    const file = join(folder, `${name}-${place}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${identityOf(name, place)}\n`);
    // Where there is none there is nothing to be replaced.
    return `{ [ ! -e ${path} ] || mount --bind '${file}' ${path}; }`;
  });
  return [...unshared, 'sh', '-c', [`hostname ${name}`, ...replaced, 'exec "$@"'].join(' && '), 'sh'];
}

/**
 * A place with a small disk of its own at a folder.
 * @param script of `sh`: what is to be done there, with what follows as its arguments.
 */
export function onSmallDisk(folder: string, size: string, script: string): Within | undefined {
  const unshared = unshare(['--mount']);
  return (
    unshared && [
      ...unshared,
      'sh',
      '-c',
      `mount -t tmpfs -o size=${size} none '${folder}' && ${script}`,
      'sh',
    ]
  );
}

/** At most so many open files. */
export function withFewFiles(count: number): Within | undefined {
  const limited = ['prlimit', `--nofile=${count}:${count}`];
  return works([...limited, 'true']) ? limited : undefined;
}

/** With our own rights where they are enough, else as root of a namespace of users. */
function unshare(flags: readonly string[]): string[] | undefined {
  const ways = [[], ['--user', '--map-root-user']];
  return ways.map((way) => ['unshare', ...way, ...flags]).find((way) => works([...way, 'true']));
}

function works([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** In the form that systemd and the kernel give them. */
function identityOf(name: string, place: number): string {
  const digits = Buffer.from(name.padEnd(16, '.')).subarray(0, 16).toString('hex');
  if (place === 0) return digits;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
