/** A name and a password. */
interface Login {
  readonly user: string;
  readonly password: string;
}

export interface Netrc {
  /** The login for a host, in lower case and without a port; that of `default` where the host has none of its own. */
  loginOf(host: string): Login | undefined;
  readonly size: number;
}

/**
 * Reads a netrc file: `machine HOST login NAME password WORD` for each host, `default` for all others, in as many lines as
 * one likes. The form is that of the GNU inetutils manual (11.7), with curl's quotation marks; macros are passed over. Of
 * several entries for a host the first counts.
 */
export function parseNetrc(text: string): Netrc {
  const logins = new Map<string, Login>();
  let fallback: Login | undefined;
  for (const { host, login = '', password } of entriesOf(tokensOf(text))) {
    if (password === undefined && login === '') continue;
    const told = { user: login, password: password ?? '' };
    if (host === undefined) fallback ??= told;
    else if (!logins.has(host)) logins.set(host, told);
  }
  return {
    loginOf: (host) => logins.get(host) ?? fallback,
    size: logins.size + (fallback ? 1 : 0),
  };
}

interface Entry {
  /** `undefined`: all other hosts. */
  readonly host: string | undefined;
  login?: string;
  password?: string;
}

function* entriesOf(tokens: readonly string[]): Generator<Entry, void> {
  let entry: Entry | undefined;
  for (let at = 0; at < tokens.length; at++) {
    const next = tokens[at + 1];
    switch (tokens[at]) {
      case 'machine':
      case 'default':
        if (entry) yield entry;
        entry = { host: tokens[at] === 'machine' ? next?.toLowerCase() : undefined };
        if (tokens[at] === 'machine') at += 1;
        break;
      case 'login':
        if (entry && next !== undefined) entry.login = next;
        at += 1;
        break;
      case 'password':
        if (entry && next !== undefined) entry.password = next;
        at += 1;
        break;
      case 'account':
        at += 1;
    }
  }
  if (entry) yield entry;
}

/** Words and quoted texts, without comments and macros. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let isMacro = false;
  for (const line of text.split(/\r\n|\n|\r/)) {
    // A macro ends at the next empty line.
    if (isMacro) {
      isMacro = line.trim() !== '';
      continue;
    }
    for (const [token, quoted] of line.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g)) {
      if (token.startsWith('#') && !isValue(tokens.at(-1))) break;
      if (token === 'macdef' && !isValue(tokens.at(-1))) {
        isMacro = true;
        break;
      }
      tokens.push(quoted === undefined ? token : unescaped(quoted));
    }
  }
  return tokens;
}

/** Whether what follows this token is a value, which may be any word: a password may begin with `#`. */
function isValue(before: string | undefined): boolean {
  return before === 'login' || before === 'password' || before === 'machine' || before === 'account';
}

function unescaped(text: string): string {
  const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return text.replace(/\\(.)/g, (_, letter: string) => letters[letter] ?? letter);
}
