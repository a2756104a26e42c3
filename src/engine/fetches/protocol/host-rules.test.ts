import { expect, it } from 'vitest';
import { HostRules } from './host-rules.ts';

const rules = new HostRules({
  '*': { perHost: 9, minGap: 1 },
  '*.Example.com': { perHost: 2, user: 'all' },
  '*.img.example.com': { perHost: 3 },
  'example.com': { user: 'own' },
  'example.com:8080': { perHost: 4 },
  '127.0.0.1': { perHost: 5 },
});

it.each([
  ['other.test', { perHost: 9, minGap: 1 }],
  ['example.com', { perHost: 2, minGap: 1, user: 'own' }],
  ['example.com:8080', { perHost: 4, minGap: 1, user: 'own' }],
  ['www.example.com', { perHost: 2, minGap: 1, user: 'all' }],
  ['a.b.img.example.com:81', { perHost: 3, minGap: 1, user: 'all' }],
  ['badexample.com', { perHost: 9, minGap: 1 }],
  ['127.0.0.1:3000', { perHost: 5, minGap: 1 }],
  ['[::1]:3000', { perHost: 9, minGap: 1 }],
])('for %s, what is told most closely counts: %j', (host, rule) => {
  expect(rules.for(host)).toEqual(rule);
  expect(rules.for(host)).toBe(rules.for(host));
});

it('without rules there is none', () => {
  expect(new HostRules().for('a')).toEqual({});
});
