import { expect, it } from 'vitest';
import { isLinkForTheBrowser } from './browser-link.ts';

it('opens https links of known hosts in the browser', () => {
  expect(isLinkForTheBrowser('https://github.com/')).toBe(true);
});

it.each([
  'http://github.com/',
  'https://github.com.example.com/',
  'https://example.com/github.com',
  'https://github.com@example.com/',
  'https://me@github.com/',
  'https://github.com:8443/',
  'file:///etc/passwd',
  'smb://github.com/share',
  'javascript:alert(1)',
  'nothing',
])('leaves %s closed', (address) => {
  expect(isLinkForTheBrowser(address)).toBe(false);
});
