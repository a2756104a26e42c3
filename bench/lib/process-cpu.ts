import { readdirSync, readFileSync } from 'node:fs';
import { familyOf } from './process-memory.ts';

/** Who of an app used how much CPU, in seconds. */
export interface CpuShares {
  /** The worker threads. */
  readonly pool: number;
  /** The rest of main's process; on the stand-in with what plays Electron in it. */
  readonly main: number;
  readonly page: number;
  /** The browser's other processes: compositing, network, DevTools. */
  readonly browser: number;
}

/** Clock ticks a second, as Linux tells times to programs; see proc(5). */
const ticks = 100;

/** What an app's processes have used by now; undefined where there is no /proc. */
export function cpuOf(main: number): CpuShares | undefined {
  const used = { pool: 0, main: 0, page: 0, browser: 0 };
  for (const pid of familyOf(main)) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const process = pid === main ? 'main' : command.includes('--type=renderer') ? 'page' : 'browser';
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
        const [user = 0, system = 0] = stat
          .slice(stat.lastIndexOf(')') + 2)
          .split(' ')
          .slice(11, 13)
          .map(Number);
        const part = process === 'main' && stat.includes('(WorkerThread)') ? 'pool' : process;
        used[part] += (user + system) / ticks;
      }
    } catch {
      // It ended meanwhile.
    }
  }
  return used.main > 0 ? used : undefined;
}

/** What all programs of the machine have used by now, in seconds. */
export function cpuOfMachine(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)
    .join('')
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softIrq) / ticks;
}

export function cpuSince(before: CpuShares, after: CpuShares): CpuShares {
  return {
    pool: after.pool - before.pool,
    main: after.main - before.main,
    page: after.page - before.page,
    browser: after.browser - before.browser,
  };
}
