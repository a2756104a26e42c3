import { fileURLToPath } from 'node:url';
import { type ErrorCode, type Failure, ItemError } from '../../../shared/failure.ts';

/** What is kept of an error that a person's own task threw: enough to find its line, and never without a bound. */
const mostCauses = 5;
const mostCharacters = 10_000;
const mostDetails = 20;
const mostOfADetail = 1_000;
/** These have fields of their own. */
const known = new Set(['name', 'message', 'stack', 'cause', 'code', 'errors']);

type Detail = string | number | boolean | null;

/** Turns whatever a person's own task threw into a failure. */
export function failureOfThrown(thrown: unknown, fallback: ErrorCode): Failure {
  return { code: codeOf(thrown) ?? fallback, ...described(thrown, mostCauses) };
}

/** Of an error of our own. Even to ask which kind of thing was thrown may throw, as of a proxy. */
function codeOf(thrown: unknown): ErrorCode | undefined {
  try {
    return thrown instanceof ItemError ? thrown.code : undefined;
  } catch {
    return undefined;
  }
}

function described(thrown: unknown, causesLeft: number): Omit<Failure, 'code'> {
  try {
    if (!isError(thrown)) return { message: messageOf(textOf(thrown)) };
    const { name, stack, code, cause } = thrown;
    const details = detailsOf(thrown);
    return {
      message: messageOf(textOf(thrown.message)),
      name: cut(textOf(name)),
      ...(typeof stack === 'string' && { stack: cut(ownLines(stack)) }),
      ...((typeof code === 'string' || typeof code === 'number') &&
        !(thrown instanceof ItemError) && { errorCode: typeof code === 'string' ? cut(code) : code }),
      ...(details && { details }),
      ...(cause !== undefined && causesLeft > 0 && { cause: described(cause, causesLeft - 1) }),
    };
  } catch {
    // A property that throws when it is read.
    return { message: messageOf(textOf(thrown)) };
  }
}

/** Also of another realm, as `node:vm` has them. */
function isError(thrown: unknown): thrown is Error & { readonly code?: unknown } {
  return thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';
}

function detailsOf(error: Error): Readonly<Record<string, Detail>> | undefined {
  const details: [string, Detail][] = [];
  for (const [key, value] of Object.entries(error)) {
    if (known.has(key) || details.length === mostDetails) continue;
    if (typeof value === 'string') details.push([key, value.slice(0, mostOfADetail)]);
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null)
      details.push([key, value]);
  }
  return details.length > 0 ? Object.fromEntries(details) : undefined;
}

/** Without the lines at its end that are the engine's and Node's, whichever called the task. */
function ownLines(stack: string): string {
  const lines = stack.split('\n');
  let end = lines.length;
  while (end > 1 && isForeign(lines[end - 1] as string)) end -= 1;
  // An error of Node's own, far from any task, keeps what it has.
  const hasOwn = lines.slice(0, end).some((line) => /^\s+at /.test(line));
  return (hasOwn ? lines.slice(0, end) : lines).join('\n');
}

const here = new URL(import.meta.url.endsWith('.ts') ? '../../' : '.', import.meta.url);
/** Of modules a stack has the address, and of CommonJS the path. */
const places = [here.href, fileURLToPath(here)];

function isForeign(line: string): boolean {
  if (!/^\s+at /.test(line)) return false;
  return line.includes('node:internal/') || places.some((place) => line.includes(place));
}

function messageOf(text: string): string {
  return text === '' ? 'It failed without a message.' : cut(text);
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'A value that is no text was thrown.';
  }
}

function cut(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
