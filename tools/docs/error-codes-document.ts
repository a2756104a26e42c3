import {
  adviceFor,
  type ErrorCode,
  errorCodeGroups,
  titleOf,
} from '../../src/shared/error-codes/error-codes.ts';
import { table } from './table.ts';

const beginning = `# Codes of failure

An item that fails tells why by a code, in \`error.code\` of \`--json\` and of the library's results; messages may change
between versions, codes do not. The summary on a terminal and the window say of each what can be done.

This page is written by \`node tools/write-docs.ts\` from \`src/shared/error-codes\`.
`;

/** docs/error-codes.md. */
export function errorCodesDocument(): string {
  const sections = Object.entries(errorCodeGroups).map(([about, codes]) => {
    const rows = (Object.keys(codes) as ErrorCode[]).map((code) => [
      `\`${code}\``,
      titleOf(code),
      adviceFor(code, 'terminal'),
    ]);
    return `\n## Of ${about}\n\n${table(['code', 'what it is', 'what can be done'], rows)}`;
  });
  return beginning + sections.join('');
}
