/** What `--pool` says. */
export type PoolFlag = number | 'auto';

/** @returns undefined for the task's default. */
export function sizeOf(pool: PoolFlag | undefined): number | undefined {
  return pool === 'auto' ? undefined : pool;
}
