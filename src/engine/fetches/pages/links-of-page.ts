import { LinkCollector, type PageLinks } from './link-collector.ts';
import { addLinksOfHtml } from './links-of-html.ts';
import { addLinksOfXml } from './links-of-xml.ts';

/** A page as it was answered. */
export interface Page {
  /** Where it was found, after redirects. */
  readonly url: string;
  readonly text: string;
  /** Its `Content-Type`. */
  readonly type: string | undefined;
}

/** What a page of HTML, a sitemap or a feed leads to. */
export function linksOfPage({ url, text, type = '' }: Page): PageLinks {
  const links = new LinkCollector(url);
  if (isXml(text, type)) addLinksOfXml(text, links);
  else if (isPlainSitemap(type, url)) for (const line of text.split(/\r\n|\n|\r/)) addLine(line, links);
  else addLinksOfHtml(text, links);
  return links.links();
}

function isXml(text: string, type: string): boolean {
  const beginning = text
    .slice(0, 1_000)
    .replace(/^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*/, '');
  if (/^<(urlset|sitemapindex|rss|feed|rdf:RDF)\b/i.test(beginning)) return true;
  return (
    /^(application|text)\/((rss|atom)\+)?xml\b/i.test(type) && !/^<!doctype html|^<html\b/i.test(beginning)
  );
}

/** A sitemap may be a text of one URL a line. */
function isPlainSitemap(type: string, url: string): boolean {
  return type.startsWith('text/plain') && /sitemap[^/]*\.txt$/i.test(new URL(url).pathname);
}

function addLine(line: string, links: LinkCollector): void {
  if (/^\s*https?:/i.test(line) && !links.imageByName(line)) links.page(line);
}
