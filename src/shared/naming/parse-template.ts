import {
  type DatePart,
  dateParts,
  nearestPlaceholder,
  ofCamera,
  ofOutput,
  ofPath,
  partsOfTime,
} from './placeholders.ts';

/** A piece of a name: text as it stands, or what is put in for each picture. */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly of: (typeof ofPath)[number] }
  | { readonly kind: 'output'; readonly of: (typeof ofOutput)[number] }
  | { readonly kind: 'camera'; readonly of: (typeof ofCamera)[number] }
  | { readonly kind: 'counter'; readonly digits: number }
  | { readonly kind: 'date'; readonly part: DatePart }
  /** Where a picture is told from another one whose name would be the same. */
  | { readonly kind: 'mark' };

/** A template, understood: names of folders, and last the file's. */
export interface NameTemplate {
  readonly parts: readonly (readonly Token[])[];
}

/** Why a template cannot be used. */
export type TemplateFault =
  /** It leads out of the output folder, or a name in it is empty. */
  | { readonly kind: 'path' }
  /** A brace without its other. */
  | { readonly kind: 'brace' }
  /** All pictures would have the same name. */
  | { readonly kind: 'name' }
  /** Nothing would be left of a picture's name. */
  | { readonly kind: 'long' }
  /** A placeholder that nothing is put in for. */
  | { readonly kind: 'unknown'; readonly part: string; readonly nearest?: string }
  /** What stands behind the colon of a placeholder says nothing. */
  | { readonly kind: 'argument'; readonly part: string };

const mostCharacters = 1_000;
/** The most digits that a counter is filled up to. */
const mostDigits = 12;
/** So many bytes of each name are left to what pictures are called. */
const mostFixedBytes = 160;
const usualDate = 'YYYY-MM-DD';
/** A pattern's parts, the longest first. */
const inPattern = new RegExp(dateParts.join('|'), 'g');

export type ParsedTemplate = { readonly template: NameTemplate } | { readonly fault: TemplateFault };

/** Understands a template, or says why it cannot be used. */
export function parseTemplate(text: string): ParsedTemplate {
  if (text.length > mostCharacters) return { fault: { kind: 'long' } };
  const tokens = tokensOf(text);
  if ('kind' in tokens) return { fault: tokens };
  const parts = partsOf(tokens);
  const fault = faultOf(parts);
  return fault ? { fault } : { template: { parts: marked(withExtension(parts)) } };
}

function tokensOf(text: string): Token[] | TemplateFault {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at, at + 2);
    if (two === '{{' || two === '}}') {
      tokens.push({ kind: 'text', text: two[0] as string });
      at += 2;
      continue;
    }
    const plain = /^[^{}]+/.exec(text.slice(at))?.[0];
    if (plain !== undefined) {
      tokens.push({ kind: 'text', text: plain });
      at += plain.length;
      continue;
    }
    const part = /^\{[^{}]*\}/.exec(text.slice(at))?.[0];
    if (part === undefined) return { kind: 'brace' };
    const read = tokensFor(part);
    if ('kind' in read) return read;
    tokens.push(...read);
    at += part.length;
  }
  return tokens;
}

/** @param part a placeholder with its braces. */
function tokensFor(part: string): Token[] | TemplateFault {
  const inside = part.slice(1, -1);
  const colon = inside.indexOf(':');
  const name = colon === -1 ? inside : inside.slice(0, colon);
  const argument = colon === -1 ? undefined : inside.slice(colon + 1);
  if (name === 'counter') {
    const digits = argument === undefined ? 1 : /^\d{1,2}$/.test(argument) ? Number(argument) : 0;
    return digits >= 1 && digits <= mostDigits ? [{ kind: 'counter', digits }] : { kind: 'argument', part };
  }
  if (name === 'date') return tokensOfDate(argument ?? usualDate) ?? { kind: 'argument', part };
  const token = tokenFor(name);
  if (!token) {
    const nearest = nearestPlaceholder(name);
    return { kind: 'unknown', part, ...(nearest !== undefined && { nearest: `{${nearest}}` }) };
  }
  return argument === undefined ? [token] : { kind: 'argument', part };
}

function tokenFor(name: string): Token | undefined {
  const among = <Name extends string>(names: readonly Name[]) => names.find((each) => each === name);
  const [path, output, camera] = [among(ofPath), among(ofOutput), among(ofCamera)];
  if (path) return { kind: 'path', of: path };
  if (output) return { kind: 'output', of: output };
  if (camera) return { kind: 'camera', of: camera };
  return Object.hasOwn(partsOfTime, name) ? { kind: 'date', part: partsOfTime[name] as DatePart } : undefined;
}

/** @returns `undefined` if nothing of a time is in the pattern. */
function tokensOfDate(pattern: string): Token[] | undefined {
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: part, index } of pattern.matchAll(inPattern)) {
    if (index > end) tokens.push({ kind: 'text', text: pattern.slice(end, index) });
    tokens.push({ kind: 'date', part: part as DatePart });
    end = index + part.length;
  }
  if (tokens.length === 0) return undefined;
  if (end < pattern.length) tokens.push({ kind: 'text', text: pattern.slice(end) });
  return tokens;
}

/** What stands between slashes. */
function partsOf(tokens: readonly Token[]): Token[][] {
  let last: Token[] = [];
  const parts = [last];
  for (const token of tokens) {
    if (token.kind !== 'text') {
      last.push(token);
      continue;
    }
    const [first = '', ...others] = token.text.split('/');
    if (first !== '') last.push({ kind: 'text', text: first });
    for (const text of others) {
      last = text === '' ? [] : [{ kind: 'text', text }];
      parts.push(last);
    }
  }
  return parts;
}

function faultOf(parts: readonly (readonly Token[])[]): TemplateFault | undefined {
  if (!parts.every(isNameOfFile)) return { kind: 'path' };
  if (!parts.flat().some(tellsPicturesApart)) return { kind: 'name' };
  return parts.some((part) => fixedBytesOf(part) > mostFixedBytes) ? { kind: 'long' } : undefined;
}

function isNameOfFile(part: readonly Token[]): boolean {
  const text = part.map((token) => (token.kind === 'text' ? token.text : 'x')).join('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no name shall have.
  return text !== '' && !/^\.+$/.test(text) && !/[\\\x00-\x1f]/.test(text);
}

/** Each picture of a folder has a name, a number and, mostly, a moment of its own. */
function tellsPicturesApart(token: Token): boolean {
  return (
    token.kind === 'counter' ||
    (token.kind === 'date' && token.part === 'ss') ||
    (token.kind === 'path' && token.of === 'name')
  );
}

/** The most bytes that the parts of a name may have that are never shortened. */
function fixedBytesOf(part: readonly Token[]): number {
  return part.reduce((sum, token) => {
    switch (token.kind) {
      case 'text':
        return sum + 3 * token.text.length;
      case 'counter':
        return sum + Math.max(token.digits, 8);
      case 'date':
        return sum + token.part.length;
      case 'output':
        return sum + 6;
      default:
        return sum;
    }
  }, 0);
}

function withExtension(parts: readonly Token[][]): readonly (readonly Token[])[] {
  const file = parts.at(-1) ?? [];
  if (file.some(isExtension)) return parts;
  const extension: Token[] = [
    { kind: 'text', text: '.' },
    { kind: 'output', of: 'ext' },
  ];
  return [...parts.slice(0, -1), [...file, ...extension]];
}

function isExtension(token: Token): boolean {
  return token.kind === 'output' && token.of === 'ext';
}

/** With the place where a name is told from others: behind `{name}`, or else at the end of the file's name. */
function marked(parts: readonly (readonly Token[])[]): readonly (readonly Token[])[] {
  const isName = (token: Token) => token.kind === 'path' && token.of === 'name';
  const mark: Token = { kind: 'mark' };
  if (parts.some((part) => part.some(isName))) {
    return parts.map((part) => part.flatMap((token) => (isName(token) ? [token, mark] : [token])));
  }
  const file = parts.at(-1) ?? [];
  const ext = file.findLastIndex(isExtension);
  const dot = file[ext - 1];
  if (dot?.kind !== 'text' || !dot.text.endsWith('.')) return [...parts.slice(0, -1), [...file, mark]];
  const before: Token[] = dot.text === '.' ? [] : [{ kind: 'text', text: dot.text.slice(0, -1) }];
  const end: Token = { kind: 'text', text: '.' };
  return [...parts.slice(0, -1), [...file.slice(0, ext - 1), ...before, mark, end, ...file.slice(ext)]];
}
