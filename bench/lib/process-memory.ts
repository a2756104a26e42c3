import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** The newest sample, in MiB. */
  now(): number;
  /** Ends the watch; the peak in MiB, or undefined where there is no /proc. */
  stop(): number | undefined;
}

const interval = 20;
/**
 * The family is looked up at every so many samples only: that reads a file for each thread of each process, and on two
 * cores a program of a hundred threads would be slowed down by being watched.
 */
const familyEvery = 10;

/**
 * Samples the resident memory of a process and all below it, together: a pool of processes counts as a whole.
 * Shared pages count once a process, as `ps` counts them; see proc(5), statm.
 */
export function watchMemory(root: number): ProcessUsage {
  let peak = 0;
  let newest = 0;
  let samples = 0;
  let family: number[] = [];
  const sample = (): void => {
    let pages = 0;
    if (samples < 2 || samples % familyEvery === 0) family = familyOf(root);
    samples += 1;
    for (const pid of family) pages += residentPages(pid);
    newest = (pages * 4096) / 1024 / 1024;
    peak = Math.max(peak, newest);
  };
  const timer = setInterval(sample, interval);
  return {
    now: () => newest,
    stop: () => {
      clearInterval(timer);
      return peak > 0 ? peak : undefined;
    },
  };
}

/** The resident memory of an app's main process and of its largest page, in MiB; undefined where there is no /proc. */
export function residentOf(main: number): { readonly main: number; readonly page: number } | undefined {
  const inMiB = (pid: number) => (residentPages(pid) * 4096) / 1024 / 1024;
  const own = inMiB(main);
  if (own === 0) return undefined;
  const pages = familyOf(main).filter((pid) => isPage(pid));
  return { main: own, page: Math.max(0, ...pages.map(inMiB)) };
}

function isPage(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
  } catch {
    // It ended meanwhile.
    return false;
  }
}

/** A process and all that descend from it. */
export function familyOf(root: number): number[] {
  const family = [root];
  for (const parent of family) {
    for (const child of childrenOf(parent)) family.push(child);
  }
  return family;
}

function childrenOf(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        .trim()
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    // It ended meanwhile, or there is no /proc.
    return [];
  }
}

function residentPages(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  } catch {
    return 0;
  }
}
