/** Fails in the way that the item names. */
export default function failing(how) {
  switch (how) {
    case 'caused':
      throw new OddError('outer', { cause: new TypeError('inner', { cause: 'the root' }) });
    case 'system':
      throw Object.assign(new Error('no such thing'), {
        code: 'ENOENT',
        path: '/absent',
        errno: -2,
        inner: {},
      });
    case 'text':
      throw 'a mere text';
    case 'nothing':
      throw undefined;
    case 'no message':
      throw new Error();
    case 'circle': {
      const circle = new Error('round');
      circle.cause = circle;
      throw circle;
    }
    case 'long':
      throw new Error('x'.repeat(1_000_000));
    case 'getter':
      throw Object.defineProperty(new Error('fine'), 'code', {
        get() {
          throw new Error('not to be read');
        },
      });
    case 'hostile':
      throw hostile();
    case 'hostile cause':
      throw new Error('fine', { cause: hostile() });
    case 'later':
      return failLater();
    default:
      return how;
  }
}

/** Refuses every question about itself. */
function hostile() {
  const { proxy, revoke } = Proxy.revocable(new Error('hidden'), {});
  revoke();
  return proxy;
}

async function failLater() {
  await null;
  throw new RangeError('later');
}

class OddError extends Error {
  name = 'OddError';
}
