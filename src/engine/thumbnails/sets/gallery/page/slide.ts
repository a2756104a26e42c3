/** What the viewer has to know of a picture. */
export interface Slide {
  readonly src: string;
  readonly srcset: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly msrc: string;
  readonly element: HTMLAnchorElement;
}

/** @param type the format that the browser has chosen among those that the page offers: "" for the last of them. */
export function slideOf(link: HTMLAnchorElement, type: string): Slide {
  const image = imageOf(link);
  const source = [...link.querySelectorAll('source')].find((one) => one.type === type);
  const srcset = source?.srcset ?? image.srcset;
  const [address = link.href, width = `${image.width}w`] = srcset.split(', ').at(-1)?.split(' ') ?? [];
  const pixels = Number.parseInt(width, 10);
  const [shownWidth, shownHeight] = ['width', 'height'].map((side) => Number(image.getAttribute(side)));
  return {
    src: address,
    srcset,
    width: pixels,
    height: Math.max(1, Math.round((pixels * (shownHeight ?? 1)) / (shownWidth ?? 1))),
    alt: image.alt,
    msrc: image.currentSrc || image.src,
    element: link,
  };
}

/** The format of what is on the screen: the browser has chosen it. */
export function typeShown(link: HTMLAnchorElement): string {
  const { currentSrc } = imageOf(link);
  const source = [...link.querySelectorAll('source')].find(({ srcset }) =>
    srcset.split(', ').some((one) => new URL(one.split(' ')[0] ?? '', document.baseURI).href === currentSrc),
  );
  return source?.type ?? '';
}

function imageOf(link: HTMLAnchorElement): HTMLImageElement {
  const image = link.querySelector('img');
  if (!image) throw new Error('A link without a picture.');
  return image;
}
