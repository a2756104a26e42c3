/** A value of `--pool`. */
export type PoolFlag = number | 'auto';
