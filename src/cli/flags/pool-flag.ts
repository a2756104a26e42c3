/** A value of `--pool`. */
export type PoolFlag = number | 'auto';

/** @returns the size, or undefined for the task's default. */
export function sizeOf(pool: PoolFlag | undefined): number | undefined {
  return pool === 'auto' ? undefined : pool;
}
