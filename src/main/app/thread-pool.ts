/** Fetches wait far more than they compute, so the slider's ceiling is theirs. */
export const poolCeiling = 128;

/** Files, name look-ups and sharp share libuv's threads with the pool's items; a few are for main itself. */
const threads = poolCeiling + 4;

// Read once, when libuv's pool is first used: main imports this file first. The default of 4 would make the
// slider lie. Who starts main may say otherwise (the stand-in has to: its own process has used the pool by now).
process.env.UV_THREADPOOL_SIZE ??= String(threads);
