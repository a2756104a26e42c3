import { t } from '../../languages/translate.ts';

/** Codes of Node, and what Chromium's network names when nobody answered. */
const unreachable =
  /^net::ERR_|\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|EAI_AGAIN)\b|timed out|aborted by the server/;

/** Whether nobody answered: then nothing was asked, and it may be tried again sooner. */
export function isUnreachable(error: unknown): boolean {
  return unreachable.test(textOf(error));
}

/** A sentence for the person on why an update was not found or not fetched. */
export function whyFailed(error: unknown): string {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (code === 'ERR_CHECKSUM_MISMATCH')
    return t('What came is not what was announced, so it was thrown away. Nothing has changed.');
  if (code === 'NOT_SAFE')
    return t('The server wants to hand the update out without encryption, so it was refused.');
  if (isUnreachable(error)) return t('The server for updates cannot be reached.');
  if (typeof statusCode === 'number' || /\bstatus \d{3}\b/.test(textOf(error)))
    return t('The server for updates has an error.');
  if (code === 'ENOSPC') return t('There is no room for the update on the disk.');
  return t('What the server for updates says cannot be read.');
}

function textOf(error: unknown): string {
  const { code = '', message = '' } = error as { code?: unknown; message?: unknown };
  return `${message} ${code}`;
}
