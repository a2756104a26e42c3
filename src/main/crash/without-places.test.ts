import { describe, expect, test } from 'vitest';
import { withoutPlaces } from './without-places.ts';

const own = { folders: ['/opt/Shoal/resources/app.asar', '/opt/Shoal/resources'] };

describe('a text for a report', () => {
  test.each([
    [
      'a path with spaces',
      "ENOENT: no such file or directory, open '/home/anna/Our wedding/IMG 1.jpg'",
      "ENOENT: no such file or directory, open '<path>.jpg'",
    ],
    ['a path of Windows', 'cannot read "C:\\Users\\Anna\\secret plan.heic"', 'cannot read "<path>.heic"'],
    ['a share', "open '\\\\nas\\private\\a.png'", "open '<path>.png'"],
    ['a path without quotes', 'at /home/anna/my-task.mjs:3:14', 'at <path>.mjs:3:14'],
    ['an address of a file', 'file:///home/anna/task.ts:1', '<path>.ts:1'],
    ['a folder', "scandir '/home/anna/.ssh'", "scandir '<path>.ssh'"],
    [
      'an address with all that can be in it',
      'got 403 from https://anna:pw@files.example:8443/private/a.jpg?key=abc#x',
      'got 403 from https://files.example:8443/…',
    ],
  ])('loses %s', (_what, text, told) => {
    expect(withoutPlaces(text, own)).toBe(told);
  });

  test.each([
    ['at run (/opt/Shoal/resources/app.asar/main/main.cjs:10:2)', 'at run (<app>/main/main.cjs:10:2)'],
    ['at file:///opt/Shoal/resources/app.asar/main/a.cjs:1', 'at <app>/main/a.cjs:1'],
    ['at node:internal/main/run_main:5:1', 'at node:internal/main/run_main:5:1'],
    ['at app://shoal/assets/index.js:1:2', 'at app://shoal/assets/index.js:1:2'],
    ['12/30 done, and/or 5 failed; 1 / 2', '12/30 done, and/or 5 failed; 1 / 2'],
  ])('keeps what is the app’s own: %s', (text, told) => {
    expect(withoutPlaces(text, own)).toBe(told);
  });
});
