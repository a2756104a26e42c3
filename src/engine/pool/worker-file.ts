/**
 * The entry file of the worker threads. In the sources it is TypeScript, which Node 24 runs directly; in a bundle it is
 * `worker.cjs` beside the bundle's other files.
 */
export const defaultWorkerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../worker.ts' : './worker.cjs',
  import.meta.url,
);
