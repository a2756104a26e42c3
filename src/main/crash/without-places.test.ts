import { describe, expect, test } from 'vitest';
import { withoutPlaces } from './without-places.ts';

const own = {
  folders: [
    '/opt/Shoal/resources/app.asar',
    '/opt/Shoal/resources',
    'C:\\Users\\Anna Smith\\Shoal\\resources',
  ],
};

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
    ['a folder', "scandir '/home/anna/.ssh'", "scandir '<path>'"],
    ['a folder with a name that looks like an ending', 'at /home/anna.lee', 'at <path>'],
    [
      'a path with spaces and without quotes',
      'Input file is missing: /home/anna/Our wedding/IMG 1.jpg',
      'Input file is missing: <path>.jpg',
    ],
    [
      'a path with the mark that quotes it',
      "open '/home/anna/Anna's photos/secret plan.jpg'",
      "open '<path>.jpg'",
    ],
    ['two names in one line', "rename '/home/anna/a b' -> '/home/anna/c d.png'", "rename '<path>.png'"],
    ['a path whose end was cut off', "open '/home/anna/Our wedd", "open '<path>"],
    ['a path behind a colon', 'missing:/home/anna/Our wedding', 'missing:<path>'],
    ['a relative path', 'open ./Our wedding/IMG 1.jpg', 'open <path>.jpg'],
    ['a relative name in quotes', "open 'Our wedding/IMG 1.jpg'", "open '<name>.jpg'"],
    ['a path of the home folder', 'open ~/Our wedding/IMG 1.jpg', 'open <path>.jpg'],
    [
      'a path of Windows with spaces and without quotes',
      'C:\\Users\\Anna Smith\\secret plan.heic',
      '<path>.heic',
    ],
    [
      'a line of a stack that is not the app’s',
      '    at async run (C:\\Users\\Anna Smith\\task.mjs:3:14)',
      '    at async run (<path>.mjs:3:14)',
    ],
    ['what lets in', 'Authorization: Basic YW5uYTpwdw==', 'Authorization: ***'],
    ['what a server remembers', 'sent Cookie: a=b; c=d', 'sent Cookie: ***'],
    ['a key', 'with Bearer abc.def', 'with Bearer ***'],
    ['a password without a scheme', 'to //anna:pw@files.example', 'to //files.example'],
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
    [
      'at run (C:\\Users\\Anna Smith\\Shoal\\resources\\app.asar.unpacked\\node_modules\\piscina\\a.js:1:2)',
      'at run (<app>\\app.asar.unpacked\\node_modules\\piscina\\a.js:1:2)',
    ],
    [
      'at file:///C:/Users/Anna%20Smith/Shoal/resources/app.asar.unpacked/a.js:1:2',
      'at <app>/app.asar.unpacked/a.js:1:2',
    ],
    [
      "Cannot read properties of undefined (reading 'size')",
      "Cannot read properties of undefined (reading 'size')",
    ],
    ["Cannot find module '<app>/main/a.cjs'", "Cannot find module '<app>/main/a.cjs'"],
    ['at node:internal/main/run_main:5:1', 'at node:internal/main/run_main:5:1'],
    ['at app://shoal/assets/index.js:1:2', 'at app://shoal/assets/index.js:1:2'],
    ['12/30 done, and/or 5 failed; 1 / 2', '12/30 done, and/or 5 failed; 1 / 2'],
  ])('keeps what is the app’s own: %s', (text, told) => {
    expect(withoutPlaces(text, own)).toBe(told);
  });

  test('is made of a long line in no time', () => {
    const line = 'a.b:\'/x "'.repeat(100_000);
    expect(withoutPlaces(line, own).length).toBeLessThan(100);
    expect(withoutPlaces('a.b+'.repeat(100_000), own)).toHaveLength(400_000);
  });
});
