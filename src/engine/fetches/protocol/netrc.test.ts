import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseNetrc } from './netrc.ts';

it('has a login for each host, and one for all others', () => {
  const netrc = parseNetrc(`# my hosts
machine A.example login me password secret
machine b.example
  login "my name"
  password "with \\"quotes\\" and # "
  account x
machine a.example login other password other
macdef init
machine macro.example login no password no

default login anonymous password me@home`);
  expect(netrc.loginOf('a.example')).toEqual({ user: 'me', password: 'secret' });
  expect(netrc.loginOf('b.example')).toEqual({ user: 'my name', password: 'with "quotes" and # ' });
  expect(netrc.loginOf('macro.example')).toEqual({ user: 'anonymous', password: 'me@home' });
  expect(netrc.size).toBe(3);
});

it.each([
  ['', undefined],
  ['machine a', undefined],
  ['machine a login', undefined],
  ['machine a password #x', { user: '', password: '#x' }],
  ['machine a login b', { user: 'b', password: '' }],
  ['machine a login b password c # machine a', { user: 'b', password: 'c' }],
  ['login b password c machine a', undefined],
])('of %j has for a: %j', (text, login) => {
  expect(parseNetrc(text).loginOf('a')).toEqual(login);
});

it('any text is read, and a login that is written is read back', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseNetrc(text).loginOf('a')));
  const word = fc.stringMatching(/^[!-~]+$/);
  fc.assert(
    fc.property(word, word, (user, password) => {
      const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;
      const netrc = parseNetrc(`machine a login ${quoted(user)} password ${quoted(password)}`);
      expect(netrc.loginOf('a')).toEqual({ user, password });
    }),
  );
});
