import { poolCeilings } from '../../shared/settings/pool-sizes.ts';

export const poolCeiling = poolCeilings.window;

/** Files, name look-ups and sharp share libuv's threads with the pool's items; a few are for main itself. */
const threads = poolCeiling + 4;

// Read once, when libuv's pool is first used: main imports this file first. The default of 4 would make the
// slider lie. Who starts main may say otherwise (the stand-in has to: its own process has used the pool by now).
process.env.UV_THREADPOOL_SIZE ??= String(threads);
