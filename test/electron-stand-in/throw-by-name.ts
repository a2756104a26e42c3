/**
 * Wraps a part of the stand-in so that what it lacks is an error that names it, and not an `undefined` that
 * fails somewhere else later.
 */
export function throwByName<Part extends object>(name: string, part: Part): Part {
  return new Proxy(part, {
    get(target, key, receiver) {
      // Symbols and `then` are asked by the language itself; `toJSON` and `$$typeof` by printers.
      if (
        typeof key === 'symbol' ||
        key in target ||
        key === 'then' ||
        key === 'toJSON' ||
        key === '$$typeof'
      ) {
        return Reflect.get(target, key, receiver);
      }
      throw new Error(
        `The Electron stand-in has no ${name}.${key}. The app uses it now: add it in test/electron-stand-in.`,
      );
    },
  });
}
