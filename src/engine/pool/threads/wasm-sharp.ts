/** sharp's native builds for Linux. Those of other systems carry no GLib that a host could collide with. */
const nativeOnLinux = /^@img\/sharp-(?:linux|linuxmusl)-/;

/**
 * From here on this thread cannot find sharp's native build for Linux, so that sharp loads its own WebAssembly
 * build, which is what its loader does where the native one is not installed. For hosts that link the system's
 * GLib (Electron on Linux): two GLibs in one process abort in the first operation.
 *
 * Must run before sharp is imported. Hooks of `registerHooks` hold for their thread alone, and for `require()`
 * and `import` alike.
 */
export function preferWasmSharp(): void {
  // Not imported: with node:module comes the loader of ES modules, which no other worker needs.
  process.getBuiltinModule('node:module').registerHooks({
    resolve(specifier, context, nextResolve) {
      if (nativeOnLinux.test(specifier)) {
        const hidden = new Error(`${specifier} is not used here: its GLib would meet the host's.`);
        throw Object.assign(hidden, { code: 'MODULE_NOT_FOUND' });
      }
      return nextResolve(specifier, context);
    },
  });
}
