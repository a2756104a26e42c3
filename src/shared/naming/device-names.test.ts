import { expect, it } from 'vitest';
import { isDeviceName } from './device-names.ts';

it.each(['con', 'NUL', 'nul.txt', 'com1', 'COM9.tar.gz', 'LPT¹', 'com².jpg', 'Nul .jpg', 'CONIN$', 'aux:'])(
  '%s is a device of Windows',
  (name) => {
    expect(isDeviceName(name)).toBe(true);
  },
);

it.each(['contact', 'com', 'com10', 'null.jpg', 'a con', 'lpt⁴'])('%s is the name of a file', (name) => {
  expect(isDeviceName(name)).toBe(false);
});
