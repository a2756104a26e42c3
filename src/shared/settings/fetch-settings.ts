import { respects } from './choices.ts';
import { datasetSettings } from './dataset-settings.ts';
import { walkSettings } from './run-settings.ts';
import type { Settings } from './setting.ts';

/**
 * The pattern of a header's value: no line break, so that nothing can be injected, and only characters HTTP can send.
 */
export const headerValue = {
  pattern: /^[\t\x20-\x7e\x80-\xff]*$/,
  expected: 'one line of Latin-1 characters (up to ÿ)',
} as const;

/** A header's name is an RFC 9110 token. */
export const headerName = { pattern: /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, expected: 'a header name' } as const;

/** What a header's name must not be, in words: such a header would change how the message itself is read. */
export const headerBesideFraming = {
  expected: 'a header that says nothing of the connection or where the message ends',
} as const;

/** The upper bound of all waiting times, in seconds. */
const longestWait = 3_600;

/** A fetch's recipe and its other settings, in the order of `--help`. Times in seconds, sizes in bytes. */
export const fetchSettings = {
  perHost: {
    type: 'integer',
    flag: '--per-host',
    value: '<n>',
    min: 1,
    max: 1_024,
    default: 6,
    help: 'requests at once to one host',
    field: { label: 'Per host', suffix: 'at once', half: true },
  },
  minGap: {
    type: 'seconds',
    flag: '--min-gap',
    value: '<seconds>',
    min: 0,
    max: longestWait,
    default: 0,
    help: 'the least time between two requests to one host',
    field: { label: 'Wait between requests to a host', suffix: 's', more: 'Pace' },
  },
  bandwidth: {
    type: 'bytes',
    flag: '--bandwidth',
    value: '<bytes>',
    min: 1_024,
    aSecond: true,
    help: 'bytes a second for the whole run, such as 2M',
    field: {
      label: 'Speed at most',
      suffix: 'a second',
      more: 'Pace',
      hint: 'Bytes, such as 500k or 2M. Empty: no limit.',
    },
  },
  retries: {
    type: 'integer',
    flag: '--retries',
    value: '<n>',
    min: 0,
    max: 100,
    default: 3,
    help: 'further tries for what may pass (5xx, 429, lost connections)',
    field: { label: 'Retries', half: true },
  },
  timeout: {
    type: 'seconds',
    flag: '--timeout',
    value: '<seconds>',
    moreThan: 0,
    max: longestWait,
    default: 30,
    help: 'for connecting, for the answer to begin, and for a silent body',
    field: { label: 'Give up after', suffix: 's of silence' },
  },
  /** A fetch fails if it is slower than this for `timeout` seconds. 0 means no limit. */
  minSpeed: {
    type: 'integer',
    flag: '--min-speed',
    value: '<bytes>',
    min: 0,
    max: 1_000_000_000,
    default: 100,
    help: 'give up a body that stays slower than this, in bytes a second',
    field: { label: 'Give up what is slower than', suffix: 'bytes/s', more: 'Pace' },
  },
  maxBytes: {
    type: 'bytes',
    flag: '--max-size',
    value: '<bytes>',
    min: 1,
    help: 'refuse larger files, such as 10M',
    field: {
      label: 'Refuse larger files',
      more: 'What is fetched',
      hint: 'Bytes, such as 500k or 10M. Empty: any size.',
    },
  },
  maxRedirects: {
    type: 'integer',
    flag: '--max-redirects',
    value: '<n>',
    min: 0,
    max: 50,
    default: 10,
    help: 'redirects to follow',
    field: { label: 'Redirects to follow', more: 'What is fetched' },
  },
  thumbnail: {
    type: 'thumbnail',
    flag: '--thumbs',
    value: '[size]',
    help: 'also make a thumbnail of each file, in thumbs/',
    field: { label: 'Make thumbnails of the files' },
  },
  originals: {
    type: 'switch',
    flag: '--no-originals',
    default: true,
    help: 'with --thumbs: keep only these, not the files themselves',
    field: { label: 'Keep the files, not only their thumbnails', more: 'Writing' },
  },
  dedupe: {
    type: 'choice',
    flag: '--dedupe',
    value: '<how>',
    choices: ['off', 'link', 'skip'],
    default: 'off',
    unsaid: 'off',
    help: 'the same bytes under two URLs: a hard link, or no second file',
    field: {
      label: 'The same bytes under two URLs',
      more: 'Writing',
      choices: { off: 'Two files', link: 'One file, two names', skip: 'No second file' },
    },
  },
  ...datasetSettings,
  recheck: {
    type: 'switch',
    flag: '--no-recheck',
    default: true,
    help: 'skip what is there without asking the server whether it has changed',
    field: { label: 'Ask whether what is there has changed', more: 'What is fetched' },
  },
  respect: {
    type: 'choices',
    flag: '--respect',
    value: '<wishes>',
    choices: respects,
    default: [],
    help: 'heed robots.txt (robots) and X-Robots-Tag: noai (noai), such as robots,noai',
    field: {
      label: 'Wishes of sites to respect',
      more: 'What is fetched',
      choices: { robots: 'robots.txt', noai: 'noai (no training of AI)' },
    },
  },
  privateAddresses: {
    type: 'choice',
    flag: '--private',
    value: '<how>',
    choices: ['typed', 'deny'],
    default: 'typed',
    help: 'addresses that are not public: as typed in the list, or deny',
    field: {
      label: 'Addresses that are not public',
      more: 'Access',
      choices: { typed: 'Where a list names them itself', deny: 'Never' },
    },
  },
  headers: {
    type: 'headers',
    flag: '--header',
    value: '<line>',
    default: {},
    help: "a header of every request, such as 'Accept: image/webp'; may be repeated",
    field: { label: 'Headers', more: 'Access', hint: 'Such as Accept: image/webp, one a line.' },
  },
  userAgent: {
    type: 'text',
    flag: '--user-agent',
    value: '<text>',
    ...headerValue,
    help: 'who to say we are',
    field: { label: 'User agent', more: 'Access' },
  },
  cookieFile: {
    type: 'file',
    of: 'access',
    flag: '--cookies',
    value: '<file>',
    help: 'a cookie file in the Netscape format, as browsers and curl write them',
    field: { label: 'Cookies', more: 'Access', hint: 'A file as browsers and curl write them.' },
  },
  user: {
    type: 'text',
    of: 'access',
    flag: '--user',
    value: '<name>',
    mayBeEmpty: true,
    help: 'HTTP basic authentication; the password is asked for, or SHOAL_PASSWORD',
    field: { label: 'User', more: 'Access', half: true },
  },
  password: {
    type: 'text',
    of: 'access',
    mayBeEmpty: true,
    help: 'that of the user',
    field: { label: 'Password', more: 'Access', half: true, hidden: true },
  },
  hostsFile: {
    type: 'file',
    of: 'access',
    flag: '--hosts',
    value: '<file>',
    help: 'rules for hosts (JSON): perHost, minGap, headers, user and password, proxy',
    field: { label: 'Rules for hosts', more: 'Access', hint: 'A JSON file.' },
  },
  proxy: {
    type: 'text',
    of: 'access',
    flag: '--proxy',
    value: '<url>',
    help: 'a proxy for all requests: http, https or socks5 (default: HTTP_PROXY, HTTPS_PROXY)',
    field: {
      label: 'Proxy',
      more: 'Access',
      hint: 'Such as socks5://localhost:1080. Empty: as the system says.',
    },
  },
  netrcFile: {
    type: 'file',
    of: 'access',
    flag: '--netrc',
    value: '[file]',
    help: 'names and passwords of hosts from a netrc file (default: ~/.netrc)',
    field: { label: 'Names and passwords of hosts', more: 'Access', hint: 'A netrc file.' },
  },
  caFile: {
    type: 'file',
    of: 'access',
    flag: '--ca',
    value: '<file>',
    help: 'a file of further certificate authorities (PEM)',
    field: { label: 'Further certificate authorities', more: 'Access', hint: 'A PEM file.' },
  },
  imagesOf: {
    type: 'switch',
    flag: '--images-of',
    default: false,
    help: 'the inputs are pages, sitemaps or feeds: fetch the images in them',
    field: { label: 'Fetch the images of these pages' },
  },
  match: walkSettings.match,
  literal: {
    type: 'switch',
    flag: '--literal',
    default: false,
    help: 'take brackets in URLs as they are, not as ranges: [1-9]',
    field: { label: 'Take brackets in URLs literally', more: 'What is fetched' },
  },
  redact: {
    type: 'switch',
    flag: '--redact',
    default: false,
    help: "tell no values of URLs' queries, which may be secrets: ?key=***",
    field: { label: 'Hide keys in URLs (?key=***)', more: 'Access' },
  },
  report: {
    type: 'file',
    of: 'input',
    flag: '--retry-failed',
    value: '<report>',
    help: 'what failed in a former run: its --json output, or what the window saved',
    fieldless: 'Retry, in the report of a run, does it for what failed there.',
  },
} as const satisfies Settings;

// The settings outside of the recipe are separated here, in a way that the types follow.
const {
  cookieFile,
  user,
  password,
  hostsFile,
  proxy,
  netrcFile,
  caFile,
  report: _report,
  ...ofRecipe
} = fetchSettings;

export const fetchRecipeSettings = ofRecipe;

/** Settings that a fetch may use but that no result, report or ledger may contain. */
export const fetchAccessSettings = { user, password, hostsFile, proxy, netrcFile, cookieFile, caFile };
