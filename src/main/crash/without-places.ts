import { pathToFileURL } from 'node:url';
import { withoutSecretsIn } from '../../shared/without-secrets.ts';

/** Folders that a text may have as they are: the app's own. */
interface Own {
  readonly folders: readonly string[];
}

const address = /\b[a-z][a-z0-9+.-]{0,31}:\/\/[^\s"'`<>)]+/.source;
/** Names of properties are quoted, too. */
const quotedWord = /(?<!\w)(?<one>["'`])[\w$@#-]+\k<one>(?!\w)/.source;
/** A name may have the mark that quotes it, so that it goes up to the last one of its line. */
const quoted = /(?<!\w)(?<mark>["'`])(?<name>[^\n]+)\k<mark>(?!\w)/.source;
/** Where a path ends nobody knows: it may have spaces. What follows of its line goes as well. */
const path = /(?<![\w/\\<>])(?:file:\/\/|\.{0,2}\/(?=[^\s/])|~[/\\]|\.{0,2}\\(?=[^\s])|[A-Za-z]:[\\/])[^\n]*/
  .source;
const startsAsPath = new RegExp(`^${path}`, 'i');
const names = new RegExp([quotedWord, quoted, `(?:${path})`, `(?:${address})`].join('|'), 'gi');

/** What programs write of a request. */
const bearer = /\bbearer\s+[^\s"']+/gi;
const headers =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]{0,40}(?:key|token))\b["']?\s*[:=][^\n]*/gi;

/** Endings that tell what kind of file it was. Others may be a part of a name. */
const ending =
  /(?:\.(?:jpe?g|png|gif|webp|avif|hei[cf]|tiff?|jxl|jp2|svg|pdf|mp4|mov|json|txt|csv|[cm]?[jt]sx?|node|wasm))?(?::\d+){0,2}$/i;

/**
 * A text that may be handed on: of paths and quoted names only the kind is left, of addresses the server, and of the app's own
 * files the path within the app. A name that is neither quoted nor has a folder stays: nothing tells it from other words.
 */
export function withoutPlaces(text: string, { folders }: Own): string {
  // The longest first: one may be in another.
  const own = [...folders].sort((a, b) => b.length - a.length);
  let told = text;
  for (const folder of own) {
    const windows = /^[A-Za-z]:/.test(folder);
    for (const form of [pathToFileURL(folder, { windows }).href, folder])
      told = told.split(`${form}/`).join('<app>/');
    told = told.split(`${folder}\\`).join('<app>\\');
  }
  told = told.replace(headers, '$1: ***').replace(bearer, 'Bearer ***').replace(names, inWords);
  return withoutSecretsIn(told, { query: true });
}

function inWords(found: string, ...more: unknown[]): string {
  const { one, mark, name } = more.at(-1) as Partial<Record<'one' | 'mark' | 'name', string>>;
  if (one !== undefined) return found;
  if (mark !== undefined && name !== undefined) return `${mark}${nameInWords(name)}${mark}`;
  const [scheme = ''] = found.split('://', 1);
  return scheme !== found && scheme !== 'file' ? addressInWords(scheme, found) : pathInWords(found);
}

/** What is quoted may be a sentence about the app's own files. */
function nameInWords(name: string): string {
  if (/^<app>[\w/\\.:-]*$/.test(name)) return name;
  return `${startsAsPath.test(name) ? '<path>' : '<name>'}${name.match(ending)?.[0] ?? ''}`;
}

function addressInWords(scheme: string, found: string): string {
  // The page's own files.
  if (scheme === 'app') return found.replace(/[?#].*$/, '');
  try {
    return `${scheme}://${new URL(found).host}/…`;
  } catch {
    return `${scheme}://…`;
  }
}

/** In a stack a bracket ends it. */
function pathInWords(found: string): string {
  const [bracket = ''] = found.match(/[)\r\s]*$/) ?? [];
  const own = found.slice(0, found.length - bracket.length);
  return `<path>${own.match(ending)?.[0] ?? ''}${bracket}`;
}
