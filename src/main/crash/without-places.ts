/** Folders and addresses that a text may have as they are: the app's own. */
interface Own {
  readonly folders: readonly string[];
}

const addresses = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>)]+/gi;
/** A quoted path may have spaces; another one ends at the first. */
const quoted = /(["'`])((?:file:\/\/|\/|~\/|[A-Za-z]:[\\/]|\\\\)[^"'`\n]*)\1/g;
const bare = /(?<![\w.:/\\<>-])(?:\/(?=[^\s/])|[A-Za-z]:[\\/]|\\\\(?=\w))[^\s"'`(),]*/g;

/**
 * A text that may be handed on: of a person's files only the kind is left, of addresses the server, and of the app's own
 * files the path within the app.
 */
export function withoutPlaces(text: string, { folders }: Own): string {
  // The longest first: one may be in another.
  const own = [...folders].sort((a, b) => b.length - a.length);
  let told = text;
  for (const folder of own) {
    for (const form of [`file://${folder}`, folder]) told = told.split(`${form}/`).join('<app>/');
    told = told.split(`${folder}\\`).join('<app>\\');
  }
  return told
    .replace(quoted, (_all, mark: string, path: string) => `${mark}${pathInWords(path)}${mark}`)
    .replace(addresses, addressInWords)
    .replace(bare, pathInWords);
}

function addressInWords(address: string): string {
  const [scheme = ''] = address.split('://', 1);
  if (scheme === 'file') return pathInWords(address);
  // The page's own files.
  if (scheme === 'app') return address.replace(/[?#].*$/, '');
  try {
    return `${scheme}://${new URL(address).host}/…`;
  } catch {
    return `${scheme}://…`;
  }
}

/** Its ending tells what kind of file it was; where in it a line was, what was wrong. */
function pathInWords(path: string): string {
  const [, ending = '', position = ''] = /(\.[a-z0-9]{1,8})?((?::\d+){0,2})$/i.exec(path) ?? [];
  return `<path>${ending}${position}`;
}
