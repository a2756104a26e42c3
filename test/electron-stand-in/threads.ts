import { poolCeiling } from '../../src/main/app/thread-pool.ts';

/**
 * The stand-in's process has used libuv's threads before main is loaded and could say how many it wants, so
 * whoever starts it says so in its environment.
 */
export const threadsForMain = { UV_THREADPOOL_SIZE: String(poolCeiling + 4) };
