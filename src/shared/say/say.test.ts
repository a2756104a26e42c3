import { expect, it } from 'vitest';
import { t } from '../../languages/translate.ts';
import { plain, type Say } from './say.ts';

it.each<[string, Say]>([
  ['plain', plain],
  ['the window in English', t],
])('%s puts values where their names are, and numbers as they are written', (_, say) => {
  expect(say('No value')).toBe('No value');
  expect(say('{{host}}: {{left, number}} of {{all}}', { host: 'a.test', left: 1_240, all: 2_000 })).toBe(
    'a.test: 1,240 of 2000',
  );
  expect(say('{{value, number(useGrouping: false)}} MB', { value: 1_240.5 })).toBe('1240.5 MB');
  expect(say('{{value, number(minimumFractionDigits: 2; maximumFractionDigits: 2)}} s', { value: 0.5 })).toBe(
    '0.50 s',
  );
});

it('has another text for one', () => {
  const places = (count: number) => plain('its {{count, number}} places', { count }, 'its only place');
  expect(places(1)).toBe('its only place');
  expect(places(1_000)).toBe('its 1,000 places');
});
