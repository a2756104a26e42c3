/** A variable of the environment that Shoal looks at, beside those of the flags. */
export interface EnvironmentVariable {
  readonly names: readonly string[];
  readonly help: string;
}

/** All of them, for the man page and docs/configuration.md. What only tests and benchmarks set is not among them. */
export const environmentVariables: readonly EnvironmentVariable[] = [
  {
    names: ['SHOAL_CONFIG_DIR'],
    help: 'the folder of shoal.json and of presets, in the place of ~/.config/shoal (macOS: ~/Library/Application Support/shoal, Windows: %APPDATA%\\shoal\\Config)',
  },
  {
    names: ['SHOAL_STATE_DIR'],
    help: 'the folder of the journals of runs, of the ledger of what was made from what, and of compiled code, in the place of ~/.local/state/shoal (macOS: ~/Library/Application Support/shoal, Windows: %LOCALAPPDATA%\\shoal\\Data); to remove it is to forget all of that',
  },
  { names: ['SHOAL_PASSWORD'], help: 'the password for --user, instead of the question for it' },
  {
    names: ['SHOAL_QUEUE'],
    help: 'the queue of shoal work, follow and runs where none is given, and of the window; it hands out no run by itself',
  },
  {
    names: ['SHOAL_DNS_SERVERS'],
    help: "name servers in the place of the system's, with commas: 127.0.0.1:5353,9.9.9.9",
  },
  { names: ['SHOAL_DEBUG'], help: 'if set, errors are told with their stacks, in lines of the sources' },
  { names: ['NO_COLOR', 'FORCE_COLOR'], help: 'if set, no colours; colours also where there is no terminal' },
  { names: ['TERM'], help: 'dumb: a terminal that gets what a pipe gets, without a line that is redrawn' },
  {
    names: ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
    help: 'the proxies of fetches, and the hosts that are asked without them; also in lower case; --proxy goes before them',
  },
  { names: ['NETRC'], help: 'the file that --netrc reads where none is named, in the place of ~/.netrc' },
  {
    names: ['NODE_EXTRA_CA_CERTS'],
    help: 'a file of certificates that are trusted beside the usual ones; --ca is for one run',
  },
  {
    names: [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_PROFILE',
      'AWS_REGION',
      'AWS_DEFAULT_REGION',
      'AWS_ENDPOINT_URL',
      'AWS_ENDPOINT_URL_S3',
    ],
    help: "for s3:// places: as Amazon's own tools have them",
  },
  {
    names: ['UV_THREADPOOL_SIZE'],
    help: 'threads for files and pictures, where more than 72 (4 for fetches without thumbnails) are wanted, or fewer',
  },
  {
    names: ['NODE_COMPILE_CACHE', 'NODE_DISABLE_COMPILE_CACHE'],
    help: "the folder of compiled code, in the place of the state folder's; if the second is set, none is kept",
  },
  {
    names: ['XDG_CONFIG_HOME', 'XDG_STATE_HOME'],
    help: 'on Linux, what stands for ~/.config and ~/.local/state',
  },
];
