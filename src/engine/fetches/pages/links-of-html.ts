import { type Attributes, forEachElement } from './html-elements.ts';
import type { LinkCollector } from './link-collector.ts';
import { srcsetUrls } from './srcset.ts';

/** Where scripts that load images late find their addresses. */
const lazySources = [
  'data-src',
  'data-original',
  'data-lazy',
  'data-lazy-src',
  'data-image',
  'data-image-src',
  'data-full',
  'data-full-src',
  'data-large-src',
  'data-hi-res-src',
];
const lazySets = ['data-srcset', 'data-lazy-srcset', 'data-original-set'];

/** The names of `<meta>` whose content is the address of an image. */
const imageMetas =
  /^(og:image(:url|:secure_url)?|twitter:image(:src)?|thumbnail|thumbnailurl|image|msapplication-tileimage)$/i;

/** Adds what an HTML page, or a piece of one, shows and links to. */
export function addLinksOfHtml(html: string, to: LinkCollector): void {
  let hasBase = false;
  forEachElement(html, (name, attributes) => {
    if (name === 'base' && !hasBase && attributes.href !== undefined) {
      to.setBase(attributes.href);
      hasBase = true;
    }
    addElement(name, attributes, to);
    if (attributes.style !== undefined) addStyle(attributes.style, to);
  });
}

function addElement(name: string, attributes: Attributes, to: LinkCollector): void {
  addLazy(attributes, to);
  addSets(attributes, to);
  switch (name) {
    case 'img':
    case 'amp-img':
      to.image(attributes.src);
      break;
    case 'image':
      // Of SVG; HTML takes it for `<img>`.
      to.image(attributes.href ?? attributes['xlink:href'] ?? attributes.src);
      break;
    case 'input':
      if (attributes.type?.toLowerCase() === 'image') to.image(attributes.src);
      break;
    case 'video':
      to.image(attributes.poster);
      break;
    case 'object':
      if (attributes.type?.startsWith('image/')) to.image(attributes.data);
      break;
    case 'meta':
      if (imageMetas.test(attributes.property ?? attributes.name ?? attributes.itemprop ?? '')) {
        to.image(attributes.content);
      }
      break;
    case 'link':
      addLinkElement(attributes, to);
      break;
    case 'a':
    case 'area':
      to.imageByName(attributes.href);
  }
}

function addLinkElement(attributes: Attributes, to: LinkCollector): void {
  const relations = (attributes.rel ?? '').toLowerCase().split(/\s+/);
  const isPreloaded = relations.includes('preload') && attributes.as?.toLowerCase() === 'image';
  if (relations.includes('image_src') || isPreloaded || attributes.itemprop === 'image')
    to.image(attributes.href);
  if (isPreloaded && attributes.imagesrcset)
    for (const url of srcsetUrls(attributes.imagesrcset)) to.image(url);
}

function addSets(attributes: Attributes, to: LinkCollector): void {
  for (const name of ['srcset', ...lazySets]) {
    const set = attributes[name];
    if (set !== undefined) for (const url of srcsetUrls(set)) to.image(url);
  }
}

/** Other elements have these attributes as well, for the background; then a name has to tell that it is an image. */
function addLazy(attributes: Attributes, to: LinkCollector): void {
  const isImage = 'src' in attributes || 'srcset' in attributes || 'alt' in attributes;
  for (const name of [...lazySources, 'data-bg', 'data-background', 'data-background-image']) {
    const link = attributes[name];
    if (link === undefined) continue;
    if (isImage) to.image(link);
    else to.imageByName(link);
  }
}

/** The longest style that is read, in characters. */
const longestStyle = 16 * 1024;

/** `background-image: url(…)` and its like. */
function addStyle(style: string, to: LinkCollector): void {
  const links = /url\(\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'()]+))\s{0,20}\)/gi;
  for (const [, double, single, bare] of style.slice(0, longestStyle).matchAll(links)) {
    to.image(double ?? single ?? bare);
  }
}
