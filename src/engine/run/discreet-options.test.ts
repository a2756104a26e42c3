import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../shared/failure.ts';
import { fetchRequestSchema } from '../../shared/requests.ts';
import type { ItemResult } from '../../shared/result.ts';
import { discreetError, discreetOptions } from './discreet-options.ts';
import type { RunOptions } from './run-options.ts';

const url = 'https://x.test/a.jpg?key=SECRET&q=SECRET "SECRET"#SECRET';
const href = new URL(url).href;

/** Everything in results, warnings and starts that the caller of the run receives. */
function toldOf(tell: (options: RunOptions) => void, query = true): string {
  const told: unknown[] = [];
  const hear = (...event: unknown[]): void => void told.push(event);
  tell(discreetOptions({ onResult: hear, onWarning: hear, onStart: hear, onPlace: hear }, query));
  return JSON.stringify(told);
}

test('wherever a URL stands in a result, the values of its query are not told', () => {
  const around = fc.oneof(fc.constantFrom(': ', '. ', ' answered ', '"'), fc.lorem());
  // Like our own sentences: a URL is separated from the text around it, and an item is quoted unchanged.
  const sentence = (...urls: string[]) =>
    fc.array(fc.oneof(fc.constantFrom(...urls), around)).map((parts) => parts.join(' '));
  const result = fc.constantFrom(url, href).chain((input) =>
    fc.record(
      {
        index: fc.nat(),
        input: fc.constant(input),
        status: fc.constantFrom('done', 'failed' as const),
        ms: fc.nat(),
        warning: sentence(input, href),
        finalUrl: fc.constant(href),
        error: fc.record({
          code: fc.constant('HTTP_404' as const),
          message: sentence(input, JSON.stringify(input), href),
        }),
        columns: fc.dictionary(fc.string(), fc.oneof(sentence(href), fc.constant(url))),
        listed: fc.record({ name: sentence(href) }),
        thumbnail: fc.record({ output: fc.constant('/a'), warning: sentence(href) }, { requiredKeys: [] }),
      },
      { requiredKeys: ['index', 'input', 'status', 'ms'] },
    ),
  );
  fc.assert(
    fc.property(result, sentence(href), (told, warning) => {
      expect(toldOf(({ onResult }) => onResult?.(told as ItemResult))).not.toContain('SECRET');
      expect(toldOf(({ onWarning }) => onWarning?.(warning))).not.toContain('SECRET');
    }),
  );
  expect(toldOf(({ onStart }) => onStart?.({ index: 0, input: url }))).not.toContain('SECRET');
  expect(toldOf(({ onPlace }) => onPlace?.(1, { index: 0, input: url }))).not.toContain('SECRET');
});

test('a result that has no secret is told as it is', () => {
  const results: ItemResult[] = [
    { index: 0, input: href, status: 'done', ms: 1, output: '/a' },
    { index: 0, input: href, status: 'failed', ms: 1, error: { code: 'HTTP_404', message: `${href}: no.` } },
    { index: 0, input: 'a', status: 'done', ms: 1, columns: { note: 'urls: ask me@x.test', at: 'a?b=c' } },
  ];
  for (const result of results) {
    expect(toldOf(({ onResult }) => onResult?.(result), false)).toBe(JSON.stringify([[result]]));
  }
});

test('a password is told neither way', () => {
  const message =
    'https://me:SECRET@x.test/ redirects to what is no URL: //me:SECRET@[x and http://a:SECRET@[y';
  const result: ItemResult = {
    index: 0,
    input: 'a',
    status: 'failed',
    ms: 1,
    error: { code: 'BAD_REDIRECT', message },
    columns: { from: 'http://me:SECRET@x.test/' },
  };
  for (const query of [true, false]) {
    expect(toldOf(({ onResult }) => onResult?.(result), query)).not.toContain('SECRET');
  }
});

test('items are chosen by what they were told as', () => {
  const told = 'https://x.test/a.jpg?key=***&q=***';
  const { only } = discreetOptions({ only: new Set([told]) }, true);
  expect([only?.has(url), only?.has('https://x.test/b.jpg'), only?.size]).toEqual([true, false, 1]);
});

test('what is wrong with what was asked for is told without it', () => {
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: [{ kind: 'argument', value: url }],
    recipe: { redact: true },
  });
  const error = discreetError(new UsageError(['One.', `Got ${JSON.stringify(url)}.`]), request) as UsageError;
  expect(error.sentences).toEqual(['One.', 'Got "https://x.test/a.jpg?key=***&q=***".']);
  const other = new Error(url);
  expect(discreetError(other, request)).toBe(other);
});
