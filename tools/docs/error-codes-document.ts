import {
  adviceFor,
  type ErrorCode,
  errorCodeGroups,
  titleOf,
} from '../../src/shared/error-codes/error-codes.ts';
import { table } from './table.ts';

type Subject = keyof typeof errorCodeGroups;

/** Who gives the codes of a subject. */
const givenBy: Readonly<Record<Subject, string>> = {
  'any task': '`thumbs`, `fetch`, `map`',
  files: '`thumbs`, `fetch`',
  images: '`thumbs`, `fetch --thumbs`',
  'URLs and lists': '`fetch`',
  'names, connections and TLS': '`fetch`',
  'answers and redirects': '`fetch`',
  bodies: '`fetch`',
};

/** Those that others give than the rest of their subject. */
const exceptions: Readonly<Partial<Record<ErrorCode, string>>> = {
  TASK_THREW: '`map`',
  TASK_NOT_FOUND: '`map`, before anything is started',
  BAD_INPUT: '`map`',
  BUCKET_FAILED: 'all with `--queue`',
  NAME_NOT_UTF8: '`thumbs`, `fetch`, `map`',
  NOT_A_FOLDER: 'the window, of watched folders',
  TOO_MANY_WATCHES: 'the window, of watched folders',
  STORAGE_FAILED: 'all with `--out s3://…`',
  DECODING_TOO_SLOW: '`thumbs`, `fetch --thumbs`',
  OUTPUT_IS_INPUT: '`thumbs`',
  OUTPUT_EXISTS: '`thumbs`, `fetch`',
};

const beginning = `# Codes of failure

An item that fails tells why by a code, in \`error.code\` of \`--json\` and of the library's results; messages may change
between versions, codes do not. The summary on a terminal and the window say of each what can be done. In the library,
\`thumbnails\` gives what \`thumbs\` does, \`fetchAll\` what \`fetch\` does; a queue's workers give the codes of their task. What is thrown
rather than told of an item is wrong usage ([the library](library.md#the-shape-of-results)). [Troubleshooting](troubleshooting.md) has more on some.

This page is written by \`node tools/write-docs.ts\` from \`src/shared/error-codes\`.
`;

/** docs/error-codes.md. */
export function errorCodesDocument(): string {
  const sections = Object.entries(errorCodeGroups).map(([about, codes]) => {
    const rows = (Object.keys(codes) as ErrorCode[]).map((code) => [
      `\`${code}\``,
      titleOf(code),
      adviceFor(code, 'terminal'),
      exceptions[code] ?? givenBy[about as Subject],
    ]);
    return `\n## Of ${about}\n\n${table(['code', 'what it is', 'what can be done', 'given by'], rows)}`;
  });
  return beginning + sections.join('');
}
