import { describe, expect, it } from 'vitest';
import { withoutCredentials } from '../../../shared/without-secrets.ts';
import { noFields } from './list-fields.ts';
import { entriesOf } from './read-list.ts';

describe('a line as long as lines may be', () => {
  const long = 1024 * 1024;
  it.each([
    ['letters', 'x'],
    ['signs at', 'a@'],
    ['schemes', 'a://'],
    ['colons', 'a:'],
    ['brackets', '['],
    ['ranges that are half there', '[1-'],
    ['ranges of one', '[1-1]'],
  ])('costs no more than its length: %s', (_what, piece) => {
    const text = piece.repeat(Math.floor(long / piece.length));
    const before = process.cpuUsage();
    const [entry] = entriesOf({ text, fields: noFields, where: 'urls.txt line 1' });
    expect(entry).toMatchObject({ kind: 'rejected' });
    // It once took minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  });

  it('has no password left in it, however long its scheme', () => {
    for (const scheme of ['http', 'x'.repeat(100)])
      expect(withoutCredentials(`see ${scheme}://me:secret@host/a`)).toBe(`see ${scheme}://host/a`);
  });
});
