/** What a piece of HTML leads to. */
interface HtmlUrls {
  /** Its links and pictures, resolved against the base that it names. */
  readonly urls: readonly string[];
  /** How many say only where they are on their site, where the HTML does not say which site that is. */
  readonly relative: number;
}

const looksLikeHtml = /<(?:a|img|source|base)\s/i;

/**
 * The URLs of a piece of HTML, if it is some and not all of them are whole. A document that is only parsed loads nothing
 * and runs nothing.
 */
export function urlsOfHtml(text: string): HtmlUrls | undefined {
  if (!looksLikeHtml.test(text)) return undefined;
  const page = new DOMParser().parseFromString(text, 'text/html');
  const base = page.querySelector('base[href]')?.getAttribute('href') ?? undefined;
  const urls = new Set<string>();
  let relative = 0;
  for (const element of page.querySelectorAll('a[href], img[src], source[src]')) {
    const said = element.getAttribute('src') ?? element.getAttribute('href') ?? '';
    if (said.startsWith('#')) continue;
    const url = URL.parse(said, isWeb(base) ? base : undefined);
    if (url === null) relative += 1;
    else if (isWeb(url.href)) urls.add(url.href);
  }
  return base === undefined && relative === 0 ? undefined : { urls: [...urls], relative };
}

function isWeb(url: string | undefined): boolean {
  return url !== undefined && /^https?:/i.test(url);
}
