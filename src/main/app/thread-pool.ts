import { isSizeSeen, poolCeilings } from '../../shared/settings/pool-sizes.ts';

export const poolCeiling = poolCeilings.window;

/** Files, name look-ups and sharp use libuv's threads for the pool's items; the extra ones are for main itself. */
const threads = poolCeiling + 4;

// Read once, when libuv's pool is first used: main imports this file first. With libuv's default of 4, a larger pool
// size would have no effect. A value already set stays: the stand-in sets one, as its process has used the pool by now.
if (isSizeSeen(process.platform, process.versions.uv)) process.env.UV_THREADPOOL_SIZE ??= String(threads);
