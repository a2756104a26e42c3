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
    this.#add(this.#images, link);
  }

  page(link: string | undefined): void {
    this.#add(this.#pages, link);
  }

  /** A link to anything: an image if its path has the extension of one. @returns whether it is. */
  imageByName(link: string | undefined): boolean {
    const isLink = link !== undefined && link.length <= longestLink;
    const url = isLink ? URL.parse(link.trim(), this.#base) : null;
    if (!url || !formatOfExtension(extname(url.pathname).slice(1).toLowerCase())) return false;
    this.image(link);
    return true;
  }

  links(): PageLinks {
    return { images: [...this.#images], pages: [...this.#pages] };
  }

  #add(to: Set<string>, link: string | undefined): void {
    const text = link?.trim();
    if (!text || text.length > longestLink || to.size >= mostLinks) return;
    const url = URL.parse(text, this.#base);
    if (!url || !/^https?:$/.test(url.protocol)) return;
    url.hash = '';
    url.username = '';
    url.password = '';
    to.add(url.href);
  }
}
