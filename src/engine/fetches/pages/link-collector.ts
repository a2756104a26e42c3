import { extname } from 'node:path';
import { formatOfExtension } from '../../../shared/image-formats.ts';

/** The most links that are taken from one page: no page that people see has more. */
const mostLinks = 100_000;

/** No address that is answered is longer, in characters. */
const longestLink = 16 * 1024;

/** What a page leads to, as absolute `http` and `https` URLs, each once and in order. */
export interface PageLinks {
  readonly images: readonly string[];
  /** Further pages to look at, from sitemaps. */
  readonly pages: readonly string[];
}

/** Gathers the links of a page. */
export class LinkCollector {
  readonly #images = new Set<string>();
  readonly #pages = new Set<string>();
  #base: string;

  /** @param url the page's own, which relative links start from. */
  constructor(url: string) {
    this.#base = url;
  }

  /** HTML's `<base href>`: the first one counts. */
  setBase(href: string): void {
    if (href.length <= longestLink) this.#base = URL.parse(href, this.#base)?.href ?? this.#base;
  }

  image(link: string | undefined): void {
    this.#add(this.#images, this.#resolve(link));
  }

  page(link: string | undefined): void {
    this.#add(this.#pages, this.#resolve(link));
  }

  /** A link to anything: an image if its path has the extension of one. @returns whether it is. */
  imageByName(link: string | undefined): boolean {
    const url = this.#resolve(link);
    if (!url || !formatOfExtension(extname(url.pathname).slice(1).toLowerCase())) return false;
    this.#add(this.#images, url);
    return true;
  }

  links(): PageLinks {
    return { images: [...this.#images], pages: [...this.#pages] };
  }

  #resolve(link: string | undefined): URL | null {
    const text = link?.trim();
    return text && text.length <= longestLink ? URL.parse(text, this.#base) : null;
  }

  #add(to: Set<string>, url: URL | null): void {
    if (!url || !/^https?:$/.test(url.protocol) || to.size >= mostLinks) return;
    url.hash = '';
    url.username = '';
    url.password = '';
    to.add(url.href);
  }
}
