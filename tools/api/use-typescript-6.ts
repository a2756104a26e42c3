import { registerHooks } from 'node:module';

// TypeDoc reads types by the JavaScript interface of TypeScript, which version 7 no longer has. Everything else here is
// compiled by version 7.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'typescript' ? 'typescript-6' : specifier, context),
});
