import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

/**
 * The command line, beside the window's code in the app's folder: outside the archive, as a Node of the system runs it
 * (ADR 96). It is the package's, without the library, in fewer bytes, and without the WebAssembly that the window has.
 */
export function copyCommandLine(root: string, folder: string): void {
  const [from, to] = [join(root, 'dist'), join(folder, 'cli/dist')];
  mkdirSync(to, { recursive: true });
  cpSync(join(root, 'bin'), join(folder, 'cli/bin'), { recursive: true });
  const scripts = readdirSync(from).filter((name) => name.endsWith('.cjs') && name !== 'index.cjs');
  for (const name of scripts)
    writeFileSync(join(to, name), inFewerBytes(readFileSync(join(from, name), 'utf8')));
  for (const name of ['THIRD-PARTY-NOTICES.txt', 'shoal.1']) cpSync(join(from, name), join(to, name));
}

/** Names stay, for the sake of whoever reads a stack. */
function inFewerBytes(code: string): string {
  return transformSync(code, { minify: true, keepNames: true, target: 'node22', legalComments: 'none' }).code;
}
