import { expect, it } from 'vitest';
import { relativeAddress } from './relative-address.ts';

it.each([
  ['linux', '/out', '/out/a b/it\'s, "so".jpg', 'a%20b/it%27s%2C%20%22so%22.jpg'],
  ['linux', '/out/g', '/in/a#b.jpg', '../../in/a%23b.jpg'],
  ['win32', 'D:\\out', 'D:\\out\\a b\\c.jpg', 'a%20b/c.jpg'],
  ['win32', 'D:\\out', 'd:\\in\\c.jpg', '../in/c.jpg'],
  ['win32', 'D:\\out', "E:\\Ada's, 1\\c#.jpg", 'file:///E:/Ada%27s%2C%201/c%23.jpg'],
  ['win32', 'D:\\out', '\\\\nas\\photos\\é\\c.jpg', 'file://nas/photos/%C3%A9/c.jpg'],
  ['win32', '\\\\nas\\photos\\out', '\\\\nas\\photos\\in\\c.jpg', '../in/c.jpg'],
] as const)('on %s a page in %s reaches %s by %s', (platform, folder, file, address) => {
  expect(relativeAddress(folder, file, platform)).toBe(address);
});
