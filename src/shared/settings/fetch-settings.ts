import { respects } from './choices.ts';
import { walkSettings } from './run-settings.ts';
import type { Settings } from './setting.ts';

/**
 * The pattern of a header's value: no line break, so that nothing can be injected, and only characters HTTP can send.
 */
export const headerValue = {
  pattern: /^[\t\x20-\x7e\x80-\xff]*$/,
  expected: 'one line of Latin-1 characters (up to ÿ)',
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
  },
  bandwidth: {
    type: 'bytes',
    flag: '--bandwidth',
    value: '<bytes>',
    min: 1_024,
    aSecond: true,
    help: 'bytes a second for the whole run, such as 2M',
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
  },
  maxBytes: {
    type: 'bytes',
    flag: '--max-size',
    value: '<bytes>',
    min: 1,
    help: 'refuse larger files, such as 10M',
  },
  maxRedirects: {
    type: 'integer',
    flag: '--max-redirects',
    value: '<n>',
    min: 0,
    max: 50,
    default: 10,
    help: 'redirects to follow',
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
  },
  dedupe: {
    type: 'choice',
    flag: '--dedupe',
    value: '<how>',
    choices: ['off', 'link', 'skip'],
    default: 'off',
    unsaid: 'off',
    help: 'the same bytes under two URLs: a hard link, or no second file',
  },
  recheck: {
    type: 'switch',
    flag: '--no-recheck',
    default: true,
    help: 'skip what is there without asking the server whether it has changed',
  },
  respect: {
    type: 'choices',
    flag: '--respect',
    value: '<wishes>',
    choices: respects,
    default: [],
    help: 'heed robots.txt (robots) and X-Robots-Tag: noai (noai), such as robots,noai',
  },
  privateAddresses: {
    type: 'choice',
    flag: '--private',
    value: '<how>',
    choices: ['typed', 'deny'],
    default: 'typed',
    help: 'addresses that are not public: as typed in the list, or deny',
  },
  headers: {
    type: 'headers',
    flag: '--header',
    value: '<line>',
    default: {},
    help: "a header of every request, such as 'Accept: image/webp'; may be repeated",
  },
  userAgent: {
    type: 'text',
    flag: '--user-agent',
    value: '<text>',
    ...headerValue,
    help: 'who to say we are',
  },
  cookieFile: {
    type: 'file',
    of: 'access',
    flag: '--cookies',
    value: '<file>',
    help: 'a cookie file in the Netscape format, as browsers and curl write them',
  },
  user: {
    type: 'text',
    of: 'access',
    flag: '--user',
    value: '<name>',
    mayBeEmpty: true,
    help: 'HTTP basic authentication; the password is asked for, or SHOAL_PASSWORD',
  },
  password: { type: 'text', of: 'access', mayBeEmpty: true, help: 'that of the user' },
  hostsFile: {
    type: 'file',
    of: 'access',
    flag: '--hosts',
    value: '<file>',
    help: 'rules for hosts (JSON): perHost, minGap, headers, user and password, proxy',
  },
  proxy: {
    type: 'text',
    of: 'access',
    flag: '--proxy',
    value: '<url>',
    help: 'a proxy for all requests: http, https or socks5 (default: HTTP_PROXY, HTTPS_PROXY)',
  },
  netrcFile: {
    type: 'file',
    of: 'access',
    flag: '--netrc',
    value: '[file]',
    help: 'names and passwords of hosts from a netrc file (default: ~/.netrc)',
  },
  caFile: {
    type: 'file',
    of: 'access',
    flag: '--ca',
    value: '<file>',
    help: 'a file of further certificate authorities (PEM)',
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
    field: { label: 'Take brackets in URLs literally' },
  },
  redact: {
    type: 'switch',
    flag: '--redact',
    default: false,
    help: "tell no values of URLs' queries, which may be secrets: ?key=***",
    field: { label: 'Hide keys in URLs (?key=***)' },
  },
  report: {
    type: 'file',
    of: 'input',
    flag: '--retry-failed',
    value: '<report>',
    help: 'what failed in a former run: its --json output, or what the window saved',
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
