import { escaped } from './html.ts';
import { galleryScript, galleryScriptHash, galleryStyle } from './page-binary.ts';

/** What a page says around its pictures. */
export interface PageText {
  readonly title: string;
  /** The pictures of all pages. */
  readonly count: number;
  readonly page: number;
  /** The names of the files of all pages. */
  readonly pages: { readonly count: number; readonly address: (page: number) => string };
  /** In pixels of the screen. */
  readonly rowHeight: number;
}

/**
 * All that stands before the pictures. Nothing that the page has in it can be reached by network: what is not beside it, or
 * on the server that it was put on, is not loaded, and no script runs but the one that is in it.
 */
export function pageHead({ title, count, page, pages, rowHeight }: PageText): string {
  const policy = [
    "default-src 'none'",
    "img-src 'self' file: data: blob:",
    `script-src '${galleryScriptHash}'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const name = escaped(title);
  const place = pages.count > 1 ? ` · page ${grouped(page)} of ${grouped(pages.count)}` : '';
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="Shoal"><meta name="referrer" content="no-referrer">',
    `<title>${name}${place}</title>`,
    `<style>${galleryStyle}:root{--row-height:min(${rowHeight}px,27vw)}</style></head><body>`,
    `<header><h1 dir="auto" translate="no">${name}</h1><p>${counted(count)}${place}</p>${turns('Pages', page, pages)}</header>`,
    count === 0 ? '<main><p>There is no picture in this gallery.</p>' : '<main><ul role="list">',
    '',
  ].join('\n');
}

export function pageFoot({ count, page, pages }: Pick<PageText, 'count' | 'page' | 'pages'>): string {
  const foot = pages.count > 1 ? `<footer>${turns('More pages', page, pages)}</footer>` : '';
  return `${count === 0 ? '' : '</ul>'}</main>${foot}\n<script>${galleryScript}</script>\n</body></html>\n`;
}

function turns(name: string, page: number, { count, address }: PageText['pages']): string {
  if (count === 1) return '';
  const link = (to: number, words: string, rel = '') =>
    to < 1 || to > count || to === page ? '' : `<a href="${escaped(address(to))}"${rel}>${words}</a>`;
  return [
    `<nav aria-label="${name}">`,
    page > 2 ? link(1, 'First page') : '',
    link(page - 1, 'Previous page', ' rel="prev"'),
    link(page + 1, 'Next page', ' rel="next"'),
    page < count - 1 ? link(count, 'Last page') : '',
    '</nav>',
  ].join('');
}

function counted(count: number): string {
  return count === 1 ? '1 picture' : `${grouped(count)} pictures`;
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
