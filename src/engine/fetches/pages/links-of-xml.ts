import { Parser } from 'htmlparser2';
import type { LinkCollector } from './link-collector.ts';
import { addLinksOfHtml } from './links-of-html.ts';

type Attributes = Readonly<Record<string, string>>;

/** No feed nests deeper. The time for an end tag grows with the elements that are open. */
const deepest = 256;
const pieceLength = 16 * 1024;

/** Elements of feeds whose text is HTML: of RSS (and its content module) and of Atom. */
const htmlElements = new Set(['description', 'content:encoded', 'content', 'summary', 'media:description']);

/** Adds what a sitemap (sitemaps.org, with Google's images), an RSS or an Atom feed leads to. */
export function addLinksOfXml(xml: string, to: LinkCollector): void {
  /** The elements that are open, from the outside. */
  const open: string[] = [];
  let text = '';
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        open.push(name.toLowerCase());
        text = '';
        addElement(name.toLowerCase(), attributes, to);
      },
      ontext(data) {
        text += data;
      },
      onclosetag(name) {
        addText(name.toLowerCase(), open.at(-2) ?? '', text, to);
        open.pop();
        text = '';
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for (let at = 0; at < xml.length && open.length <= deepest; at += pieceLength) {
    parser.write(xml.slice(at, at + pieceLength));
  }
  parser.end();
}

function addElement(name: string, attributes: Attributes, to: LinkCollector): void {
  switch (name) {
    case 'enclosure':
    case 'media:content':
      addMedia(attributes.url, attributes, to);
      break;
    case 'media:thumbnail':
      to.image(attributes.url);
      break;
    case 'itunes:image':
      to.image(attributes.href);
      break;
    case 'link':
      if (attributes.rel === 'enclosure') addMedia(attributes.href, attributes, to);
  }
}

/** Media of any kind: an image if it is called so, or named as one. */
function addMedia(link: string | undefined, { type, medium }: Attributes, to: LinkCollector): void {
  if (type?.startsWith('image/') || medium === 'image') to.image(link);
  else to.imageByName(link);
}

function addText(name: string, parent: string, text: string, to: LinkCollector): void {
  if (name === 'image:loc') to.image(text);
  // RSS: the channel's picture; Atom: the feed's.
  else if ((name === 'url' && parent === 'image') || name === 'logo' || name === 'icon') to.image(text);
  else if (name === 'loc' && (parent === 'url' || parent === 'sitemap')) {
    if (!to.imageByName(text)) to.page(text);
  } else if (htmlElements.has(name) && text.includes('<')) addLinksOfHtml(text, to);
}
