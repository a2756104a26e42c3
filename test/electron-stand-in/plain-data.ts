/**
 * What may cross between page and stand-in. Electron clones, the stand-in writes JSON: what JSON would change is
 * refused instead, so that nothing works here that is different there. Also runs in the page, as its source, and
 * so uses nothing but its argument.
 */
export function checkedArguments(args: readonly unknown[]): unknown[] {
  const refuse = (what: string): never => {
    throw new Error(`The Electron stand-in cannot send ${what}, only plain data.`);
  };
  const check = (value: unknown): void => {
    if (typeof value === 'bigint') refuse('a bigint');
    if (typeof value === 'number' && !Number.isFinite(value)) refuse(String(value));
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      if (value.includes(undefined)) refuse('an array with undefined in it');
    } else {
      const prototype = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) refuse(`a ${prototype.constructor.name}`);
    }
    for (const inner of Object.values(value)) check(inner);
  };
  // Throws at functions and the like, as Electron does.
  const copy = structuredClone([...args]);
  // As trailing arguments `undefined` is absence, which JSON can say too.
  while (copy.length > 0 && copy.at(-1) === undefined) copy.pop();
  check(copy);
  return copy;
}
