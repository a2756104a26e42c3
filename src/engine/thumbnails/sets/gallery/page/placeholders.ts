import { thumbHashToDataURL } from 'thumbhash';

/** Takes the placeholder away behind each picture that has been loaded. */
export function clearPlaceholders(list: HTMLElement, links: readonly HTMLAnchorElement[]): void {
  // `load` does not bubble.
  list.addEventListener('load', ({ target }) => show(target as HTMLImageElement), { capture: true });
  for (const link of links) {
    const image = link.querySelector('img');
    if (image?.complete && image.naturalWidth > 0) show(image);
  }
}

/** Shows a blurred picture in the place of each that has not been loaded. */
export function drawPlaceholders(links: Iterable<HTMLAnchorElement>): void {
  for (const link of links) draw(link);
}

function show(image: HTMLImageElement): void {
  image.classList.add('there');
  image.style.backgroundImage = '';
}

function draw(link: HTMLAnchorElement): void {
  const { hash } = link.dataset;
  const image = link.querySelector('img');
  if (hash === undefined || !image || image.classList.contains('there')) return;
  delete link.dataset.hash;
  const bytes = Uint8Array.from(atob(hash), (character) => character.charCodeAt(0));
  image.style.backgroundImage = `url("${thumbHashToDataURL(bytes)}")`;
}
