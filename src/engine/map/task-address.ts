import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The address of a module's task: the module's URL, and behind a `#` the name of the export if that is not the default.
 * A path is taken from the working directory, and one that is a file as a whole is that file, whatever it contains.
 */
export function addressOfTask(task: URL | string): string {
  if (task instanceof URL) return task.href;
  if (URL.canParse(task) && /^(file|data):/.test(task)) return task;
  const hash = task.lastIndexOf('#');
  if (hash <= 0 || existsSync(resolve(task))) return pathToFileURL(task).href;
  return `${pathToFileURL(task.slice(0, hash)).href}#${encodeURIComponent(task.slice(hash + 1))}`;
}

/** The two parts of an address. */
export function partsOfAddress(address: string): { readonly url: string; readonly name: string } {
  const url = new URL(address);
  const name = decoded(url.hash.slice(1)) || 'default';
  url.hash = '';
  return { url: url.href, name };
}

/** Where a person has written the address, a name may be in it as it is. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The file of a module's task, given as a path. */
export function fileOfTask(task: string): string {
  return fileURLToPath(partsOfAddress(addressOfTask(task)).url);
}
