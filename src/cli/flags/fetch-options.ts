import { InvalidArgumentError, Option } from 'commander';
import type { Box } from '../../shared/boxes.ts';
import { fits, outputFormats } from '../../shared/choices.ts';
import { parseInteger, parseSize } from './options.ts';

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** `10M` is 10 × 1024 × 1024 bytes; a bare number is bytes. */
export function parseBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([kmg]?)i?b?$/i.exec(text);
  const bytes = Math.round(Number(match?.[1]) * (units[match?.[2]?.toLowerCase() ?? ''] ?? 1));
  if (!match || bytes < 1) throw new InvalidArgumentError(`Expected bytes such as 500k or 10M, got ${text}.`);
  return bytes;
}

function parseSeconds(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > 3_600) {
    throw new InvalidArgumentError(`Expected seconds from 0 to 3600, got ${text}.`);
  }
  return value;
}

function parseTimeout(text: string): number {
  if (Number(text) > 0) return parseSeconds(text);
  throw new InvalidArgumentError(`Expected seconds, more than 0 and up to 3600, got ${text}.`);
}

function parseBandwidth(text: string): number {
  const bytes = parseBytes(text);
  if (bytes < 1024) throw new InvalidArgumentError(`Expected 1k (1024 bytes) a second or more, got ${text}.`);
  return bytes;
}

/** `K: V`, several times. */
function parseHeader(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([^:\s]+):\s*(.*?)\s*$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError(
      `Expected a header such as "Accept: image/webp", got ${JSON.stringify(text)}.`,
    );
  }
  return { ...before, [name]: value };
}

function parseUserAgent(text: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]+$/.test(text)) return text;
  throw new InvalidArgumentError('Expected one line of Latin-1 characters (up to ÿ).');
}

/** `robots,noai` */
function parseRespect(text: string): ('robots' | 'noai')[] {
  return text.split(',').map((part) => {
    const wish = part.trim();
    if (wish !== 'robots' && wish !== 'noai') {
      throw new InvalidArgumentError(`Expected robots, noai or both with a comma, got ${wish}.`);
    }
    return wish;
  });
}

/** An optional value swallows what comes next on the command line: say so where that is a list. */
function parseThumbs(text: string): Box {
  try {
    return parseSize(text);
  } catch {
    throw new InvalidArgumentError(
      `Expected pixels such as 75 or 320x240, got ${text}. To leave the size out, put --thumbs last.`,
    );
  }
}

/** The flags of `shoal fetch`, in the order of its help. */
export const fetchOptions: readonly Option[] = [
  new Option('--per-host <n>', 'requests at once to one host').argParser(parseInteger(1, 1024)).default(6),
  new Option('--min-gap <seconds>', 'the least time between two requests to one host').argParser(
    parseSeconds,
  ),
  new Option('--bandwidth <bytes>', 'bytes a second for the whole run, such as 2M').argParser(parseBandwidth),
  new Option('--retries <n>', 'further tries for what may pass (5xx, 429, lost connections)')
    .argParser(parseInteger(0, 100))
    .default(3),
  new Option('--timeout <seconds>', 'for connecting, for the answer to begin, and for a silent body')
    .argParser(parseTimeout)
    .default(30),
  new Option('--min-speed <bytes>', 'give up a body that stays slower than this, in bytes a second')
    .argParser(parseInteger(0, 1_000_000_000))
    .default(100),
  new Option('--max-size <bytes>', 'refuse larger files, such as 10M').argParser(parseBytes),
  new Option('--max-redirects <n>', 'redirects to follow').argParser(parseInteger(0, 50)).default(10),
  new Option('--thumbs [size]', 'also make a thumbnail of each file, in thumbs/').argParser(parseThumbs),
  new Option('--fit <fit>', 'with --thumbs: how to fit a thumbnail (default: inside)').choices(fits),
  new Option('--format <format>', 'with --thumbs: what to write (default: same)').choices(outputFormats),
  new Option('--quality <n>', 'with --thumbs: 1 to 100, for JPEG, WebP and AVIF (default: 80)').argParser(
    parseInteger(1, 100),
  ),
  new Option('--no-originals', 'with --thumbs: keep only these, not the files themselves'),
  new Option('--dedupe <how>', 'the same bytes under two URLs: a hard link, or no second file').choices([
    'link',
    'skip',
  ]),
  new Option('--no-recheck', 'skip what is there without asking the server whether it has changed'),
  new Option(
    '--respect <wishes>',
    'heed robots.txt (robots) and X-Robots-Tag: noai (noai), such as robots,noai',
  ).argParser(parseRespect),
  new Option('--private <how>', 'addresses that are not public: as typed in the list, or deny')
    .choices(['typed', 'deny'])
    .default('typed'),
  new Option(
    '--header <line>',
    "a header of every request, such as 'Accept: image/webp'; may be repeated",
  ).argParser(parseHeader),
  new Option('--user-agent <text>', 'who to say we are').argParser(parseUserAgent),
  new Option('--cookies <file>', 'a cookie file in the Netscape format, as browsers and curl write them'),
  new Option('--user <name>', 'HTTP basic authentication; the password is asked for, or SHOAL_PASSWORD'),
  new Option('--ca <file>', 'a file of further certificate authorities (PEM)'),
  new Option('--redact', "tell no values of URLs' queries, which may be secrets: ?key=***"),
  new Option(
    '--retry-failed <report>',
    'what failed in a former run: its --json output, or what the window saved',
  ),
];
