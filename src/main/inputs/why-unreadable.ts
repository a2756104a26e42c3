import { t } from '../../languages/translate.ts';

/** A file that is read whole, and has more than that may be. */
export class TooLargeError extends Error {}

/** A sentence on why a file that was given cannot be read; it has no more of its path than the name. */
export function whyUnreadable(name: string, error: unknown): string {
  if (error instanceof TooLargeError) return t('{{name}} is too large to be a module.', { name });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return t('{{name}} is not there any more.', { name });
  if (code === 'EACCES' || code === 'EPERM') return t('{{name}} may not be read.', { name });
  return t('{{name}} cannot be read ({{why}}).', { name, why: code || String(error) });
}
