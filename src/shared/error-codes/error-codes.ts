import type { CodeTable, CodeWords } from './code-words.ts';
import { answerCodes, bodyCodes, connectionCodes, listCodes } from './codes-of-fetches.ts';
import { anyTaskCodes, fileCodes, imageCodes } from './codes-of-files.ts';

// Every way in which an item can fail is declared once, in the tables that are joined here; lists, messages, advice and
// documentation of codes are derived from them. Messages may change between versions; codes do not.

/** The codes by subject, in the order of a run. */
export const errorCodeGroups = {
  'any task': anyTaskCodes,
  files: fileCodes,
  images: imageCodes,
  'URLs and lists': listCodes,
  'names, connections and TLS': connectionCodes,
  'answers and redirects': answerCodes,
  bodies: bodyCodes,
} as const satisfies Readonly<Record<string, CodeTable>>;

/** The cause of a failure, as a code that scripts can match and a person can look up. */
export type ErrorCode = CodeOf<typeof errorCodeGroups>;
type CodeOf<Groups> = { [Group in keyof Groups]: keyof Groups[Group] }[keyof Groups];

const words: Readonly<Record<ErrorCode, CodeWords>> = Object.assign({}, ...Object.values(errorCodeGroups));

/** All codes of failure, in the order of a run. */
export const errorCodes = Object.keys(words) as readonly ErrorCode[];

export function titleOf(code: ErrorCode): string {
  return words[code].title;
}

/** The advice on a failure, in the words for the place where it is shown. */
export function adviceFor(code: ErrorCode, where: 'library' | 'terminal' | 'window'): string {
  const { advice, atTerminal, inWindow }: CodeWords = words[code];
  switch (where) {
    case 'library':
      return advice;
    case 'terminal':
      return atTerminal ?? advice;
    case 'window':
      return inWindow ?? advice;
  }
}
