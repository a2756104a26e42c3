import { describe, expect, it } from 'vitest';
import { testSettings } from '../../../../../test/attempts.ts';
import { Download } from './download.ts';

const settings = testSettings('/nowhere');
const nowhere = { write: () => {} };
const download = (headers: Record<string, string>, before = 0) =>
  new Download('http://x/a', { status: 200, headers }, settings, nowhere, before, { codings: [] });

describe('the length of a body', () => {
  it('is held against what was announced, whatever the transport says', async () => {
    const short = download({ 'content-length': '5' });
    short.data(Buffer.from('four'));
    await expect(short.end()).rejects.toMatchObject({ code: 'TRUNCATED', retryable: true });
    const whole = download({ 'content-length': '5' });
    whole.data(Buffer.from('fi'));
    whole.data(Buffer.from('ve!'));
    await expect(whole.end()).resolves.toBeUndefined();
  });

  it('need not be announced', async () => {
    const untold = download({});
    untold.data(Buffer.from('any'));
    await expect(untold.end()).resolves.toBeUndefined();
  });
});
