import { thumbHashToDataURL } from 'thumbhash';

/**
 * Shows a blurred picture in the place of each that is near the window and has not been loaded, and takes it away
 * afterwards. Where the window is, is looked up in the list: to have the browser watch thousands of pictures makes each
 * step of scrolling slow.
 */
export function showPlaceholders(list: HTMLElement, links: readonly HTMLAnchorElement[]): void {
  // `load` does not bubble.
  list.addEventListener('load', ({ target }) => show(target as HTMLImageElement), { capture: true });
  for (const link of links) {
    const image = link.querySelector('img');
    if (image?.complete && image.naturalWidth > 0) show(image);
  }
  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      drawNear(links);
    });
  };
  addEventListener('scroll', ask, { passive: true });
  addEventListener('resize', ask);
  ask();
}

function show(image: HTMLImageElement): void {
  image.classList.add('there');
  image.style.backgroundImage = '';
}

/** As far as a window's height above and below the window. */
function drawNear(links: readonly HTMLAnchorElement[]): void {
  let [from, to] = [0, links.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((links[middle]?.getBoundingClientRect().bottom ?? 0) < -innerHeight) from = middle + 1;
    else to = middle;
  }
  for (const link of links.slice(from)) {
    if (link.getBoundingClientRect().top > 2 * innerHeight) break;
    draw(link);
  }
}

function draw(link: HTMLAnchorElement): void {
  const { hash } = link.dataset;
  const image = link.querySelector('img');
  if (hash === undefined || !image || image.classList.contains('there')) return;
  delete link.dataset.hash;
  const bytes = Uint8Array.from(atob(hash), (character) => character.charCodeAt(0));
  image.style.backgroundImage = `url("${thumbHashToDataURL(bytes)}")`;
}
