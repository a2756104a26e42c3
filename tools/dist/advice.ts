/** What to do about an error of electron-builder: of what it downloads the message is long and does not say what was wanted. */
export function adviceFor(error: unknown): string {
  const text = error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error);
  if (
    !/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|fetch failed|getaddrinfo|status code|HTTPError/i.test(
      text,
    )
  ) {
    return error instanceof Error ? (error.stack ?? error.message) : text;
  }
  return [
    'Electron, or a program that makes the installers, could not be downloaded from github.com:',
    `  ${text.trim().split('\n')[0]}`,
    'Where that cannot be reached, set ELECTRON_MIRROR and ELECTRON_BUILDER_BINARIES_MIRROR to places that have the same files.',
    'Whether the app can be packed is checked by `npm run dist:check`, which downloads nothing.',
  ].join('\n');
}
