// For tests on Node 22, which strips types but knows no `using`: a source that has one is lowered when it is loaded, as
// the bundles are when they are built.
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    const path = fileURLToPath(url);
    const source = readFileSync(path, 'utf8');
    if (!/^\s*(await )?using \w/m.test(source)) return next(url, context);
    const { transformSync } = require('rolldown/utils');
    const { code } = transformSync(path, source, { target: 'node22', helpers: { mode: 'External' } });
    return { format: 'module', source: code, shortCircuit: true };
  },
});

/** What the lowered code calls. */
globalThis.babelHelpers = {
  usingCtx() {
    const none = {};
    const steps = [];
    const add = (value, isAsync) => {
      if (value === undefined || value === null) return value;
      const dispose = (isAsync && value[Symbol.asyncDispose]) || value[Symbol.dispose];
      steps.unshift({ end: () => dispose.call(value), isAsync });
      return value;
    };
    const context = {
      e: none,
      u: (value) => add(value, false),
      a: (value) => add(value, true),
      d() {
        if (steps.some(({ isAsync }) => isAsync)) return endAll();
        for (const { end } of steps) attempt(end);
        rethrow();
      },
    };
    const attempt = (end) => {
      try {
        return end();
      } catch (error) {
        context.e = error;
      }
    };
    const endAll = async () => {
      for (const { end } of steps) {
        await Promise.resolve(attempt(end)).catch((error) => {
          context.e = error;
        });
      }
      rethrow();
    };
    const rethrow = () => {
      if (context.e !== none) throw context.e;
    };
    return context;
  },
};
