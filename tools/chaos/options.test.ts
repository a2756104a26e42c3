import { expect, test } from 'vitest';
import { chosen, OptionError, optionsOf } from './options.ts';

const all = ['kill-thumbs', 'kill-fetch', 'ledger-lost'].map((name) => ({ name }));

test('a seed is drawn where none is given', () => {
  expect(optionsOf(['--seed', '7', '--rounds', '5'])).toEqual({ seed: 7, rounds: 5, only: [] });
  const { seed, rounds } = optionsOf([]);
  expect(rounds).toBe(50);
  expect(Number.isInteger(seed)).toBe(true);
});

test('scenarios are chosen by their names or their beginnings', () => {
  expect(chosen(all, [])).toEqual(all);
  expect(chosen(all, ['ledger', 'kill-f'])).toEqual([{ name: 'kill-fetch' }, { name: 'ledger-lost' }]);
});

test.each([[['--seed', 'x']], [['--rounds', '0']], [['--rounds', '1.5']], [['--other']], [['word']]])(
  '%j is wrong usage',
  (args) => {
    expect(() => optionsOf(args)).toThrow(OptionError);
  },
);

test('a name that no scenario has is wrong usage, and the names are told', () => {
  expect(() => chosen(all, ['disk'])).toThrow('There are: kill-thumbs, kill-fetch, ledger-lost.');
});
