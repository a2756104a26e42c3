import { t } from '../../languages/translate.ts';

/** So much of a text is looked at, in characters. */
const most = 64 * 1024;

/** The hosts of the URLs in a text, in words. Undefined if its beginning has none. */
export function hostsOfText(text: string): string | undefined {
  const begin = text.slice(0, most);
  const urls = begin.matchAll(/https?:\/\/(?:[^\s/?#@]*@)?([^\s/?#@"'<>,;]+)/gi);
  const hosts = new Set(Array.from(urls, ([, host = '']) => host.toLowerCase()));
  return hostWords(hosts, begin.length === text.length);
}

/** "img.example.org", "img.example.org and 2 more hosts", and of hosts that are not all "img.example.org and more". */
export function hostWords(hosts: ReadonlySet<string>, areAll: boolean): string | undefined {
  const [first] = hosts;
  if (first === undefined) return undefined;
  if (hosts.size === 1) return first;
  if (!areAll) return t('{{host}} and more', { host: first });
  return t('{{host}} and {{count, number}} more hosts', { host: first, count: hosts.size - 1 });
}
