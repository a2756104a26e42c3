/** A range in a URL: `[001-250]`, `[0-100:10]`, `[a-f]`. Leading zeros are kept. IPv6 hosts do not match. */
const range = /\[(?:(\d{1,15})-(\d{1,15})|([a-z])-([a-z])|([A-Z])-([A-Z]))(?::(\d{1,9}))?\]/;

/** If one line stands for more URLs than this, it is taken for a typing error. */
const mostUrls = 100_000_000;

/** How many URLs a text stands for; 1 without a range. */
export function countRange(text: string): number {
  let count = 1;
  let rest = text;
  for (let found = range.exec(rest); found; found = range.exec(rest)) {
    const { first, last, step } = boundsOf(found);
    count *= Math.floor(Math.abs(last - first) / step) + 1;
    rest = rest.slice(found.index + found[0].length);
  }
  return count;
}

/**
 * The URLs that a text with ranges stands for; the last range changes fastest.
 * @throws RangeError if there are too many.
 */
export function* expandRange(text: string): Generator<string, void> {
  const count = countRange(text);
  if (count > mostUrls) throw new RangeError(`stands for ${count} URLs; the most is ${mostUrls}`);
  yield* expand('', text);
}

function* expand(before: string, text: string): Generator<string, void> {
  const found = range.exec(text);
  if (!found) {
    yield before + text;
    return;
  }
  const { first, last, step, written } = boundsOf(found);
  const direction = last >= first ? step : -step;
  const rest = text.slice(found.index + found[0].length);
  const head = before + text.slice(0, found.index);
  const count = Math.floor(Math.abs(last - first) / step) + 1;
  for (let index = 0; index < count; index += 1) {
    const next = head + written(first + index * direction);
    if (rest.includes('[')) yield* expand(next, rest);
    else yield next + rest;
  }
}

interface Bounds {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly written: (value: number) => string;
}

function boundsOf([, from, to, lower, lowerTo, upper, upperTo, stepText]: RegExpExecArray): Bounds {
  const step = Math.max(1, Number(stepText ?? 1));
  if (from !== undefined && to !== undefined) {
    // Leading zeros set the width of all numbers.
    const width = from.startsWith('0') ? from.length : 0;
    return {
      first: Number(from),
      last: Number(to),
      step,
      written: (value) => String(value).padStart(width, '0'),
    };
  }
  const [first = '', last = ''] = [lower ?? upper, lowerTo ?? upperTo];
  return {
    first: first.charCodeAt(0),
    last: last.charCodeAt(0),
    step,
    written: (value) => String.fromCharCode(value),
  };
}
