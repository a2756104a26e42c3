import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { freeFiles } from './open-files.ts';

/** What this machine gives the process. Memory in bytes. */
export interface Machine {
  /** How many threads can compute at once, as far as this process may use the processors. */
  readonly cores: number;
  readonly processors: number;
  readonly processor: string;
  readonly memory: number;
  readonly freeMemory: number;
  /** The limit of the container (cgroup), if there is one. */
  readonly memoryLimit?: number;
  /** How many more files may be open; absent where the system does not tell, or has no limit. */
  readonly files?: number;
  /** libuv's threads, which file system calls and sharp share. */
  readonly threadsOfLibuv: number;
}

/** libuv's own number, if `UV_THREADPOOL_SIZE` says nothing. */
const usualThreadsOfLibuv = 4;

export function machine(): Machine {
  const all = cpus();
  const limit = process.constrainedMemory();
  const files = freeFiles();
  const memory = totalmem();
  return {
    cores: availableParallelism(),
    processors: all.length,
    processor: all[0]?.model.trim() ?? 'unknown',
    memory,
    freeMemory: freemem(),
    // Without a limit the kernel tells a number that no machine has.
    ...(limit > 0 && limit < memory && { memoryLimit: limit }),
    ...(Number.isFinite(files) && { files }),
    threadsOfLibuv: Number(process.env.UV_THREADPOOL_SIZE) || usualThreadsOfLibuv,
  };
}
