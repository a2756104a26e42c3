import { registerHooks } from 'node:module';

const url = 'electron-stand-in:electron';

/** From now on `electron` is this object for all that is loaded in this process. */
export function provideElectron(electron: object): void {
  Object.assign(globalThis, { [Symbol.for(url)]: electron });
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url, format: 'commonjs', shortCircuit: true } : next(specifier, context),
    load: (address, context, next) =>
      address === url
        ? {
            format: 'commonjs',
            source: `module.exports = globalThis[Symbol.for('${url}')]`,
            shortCircuit: true,
          }
        : next(address, context),
  });
}
