import { describe, expect, it } from 'vitest';
import { toApp, toPage } from './address.ts';
import { checkedArguments } from './plain-data.ts';
import { throwByName } from './throw-by-name.ts';

describe('a part of the stand-in', () => {
  const part = throwByName('app', { quit: () => 'quit', on: undefined });

  it('has what it has', () => {
    expect(part.quit()).toBe('quit');
    expect(part.on).toBeUndefined();
  });

  it('throws by name on what it lacks', () => {
    expect(() => (part as { hide?: unknown }).hide).toThrow('no app.hide');
  });

  it('can be awaited and printed', async () => {
    expect(await part).toBe(part);
    expect(String(Object.keys(part))).toBe('quit,on');
  });
});

describe('what crosses between page and main', () => {
  it('is plain data, with absence at the end', () => {
    expect(checkedArguments([{ a: [1, 'b', null] }, undefined])).toEqual([{ a: [1, 'b', null] }]);
  });

  it.each([
    ['a Map', new Map()],
    ['a Date', [new Date()]],
    ['a Uint8Array', { bytes: new Uint8Array(1) }],
    ['NaN', Number.NaN],
    ['a bigint', 1n],
    ['an array with undefined', [undefined]],
  ])('is refused where JSON would change it: %s', (what, value) => {
    expect(() => checkedArguments([value])).toThrow(`cannot send ${what}`);
  });

  it('is refused where Electron could not clone it', () => {
    expect(() => checkedArguments([() => {}])).toThrow();
  });
});

it("maps the app's origin to the reserved name and back, and nothing else", () => {
  expect(toPage('app://shoal/index.html')).toBe('http://shoal.invalid/index.html');
  expect(toApp('http://shoal.invalid/a?b#c')).toBe('app://shoal/a?b#c');
  expect(toApp('thumb://shoal/1')).toBe('thumb://shoal/1');
});
