/** sharp's native builds for Linux. Those for other systems contain no GLib that could conflict with a host's. */
const nativeOnLinux = /^@img\/sharp-(?:linux|linuxmusl)-/;

/**
 * Hides sharp's native build for Linux from this thread, so that sharp loads its own WebAssembly build, as its loader
 * does if the native one is not installed. For hosts that link the system's GLib (Electron on Linux): with two GLibs in
 * one process, the first operation aborts.
 *
 * Must run before sharp is imported. Hooks of `registerHooks` apply to their thread only, and to both `require()` and
 * `import`.
 */
export function preferWasmSharp(): void {
  // Not imported: node:module would load the ES module loader, which no other worker needs.
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
