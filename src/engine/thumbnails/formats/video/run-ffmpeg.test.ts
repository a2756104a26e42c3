import { expect } from 'vitest';
import { withFfmpeg } from '../../../../../test/images/made-by-tools.ts';
import { findFfmpeg } from './find-ffmpeg.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

/** Pictures without an end. */
const endless = ['-re', '-f', 'lavfi', '-i', 'testsrc', '-f', 'rawvideo', 'pipe:1'];

withFfmpeg.describe('ffmpeg', () => {
  const ffmpeg = () => findFfmpeg() ?? '';

  withFfmpeg.test('is killed when the run is aborted', async () => {
    const aborting = new AbortController();
    const run = runFfmpeg(ffmpeg(), endless, 1e9, aborting.signal);
    aborting.abort();
    expect((await run).ends).toBe('aborted');
  });

  withFfmpeg.test('is killed when it writes more than it may', async () => {
    expect((await runFfmpeg(ffmpeg(), endless, 1000, undefined)).ends).toBe('too much');
  });
});

withFfmpeg.test('what is no program has not started', async () => {
  expect((await runFfmpeg('/nowhere/ffmpeg', [], 1000, undefined)).ends).toBe('not started');
});
