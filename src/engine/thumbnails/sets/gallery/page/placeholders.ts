import { thumbHashToDataURL } from 'thumbhash';

/** Shows a blurred picture in the place of each that comes near and has not been loaded, and takes it away afterwards. */
export function showPlaceholders(list: HTMLElement, links: readonly HTMLAnchorElement[]): void {
  const watch = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        watch.unobserve(target);
        draw(target as HTMLAnchorElement);
      }
    },
    { rootMargin: '100% 0px' },
  );
  // Neither `load` nor `error` bubbles.
  const settled = ({ target }: Event) => {
    const image = target as HTMLImageElement;
    image.classList.add('there');
    image.style.backgroundImage = '';
  };
  list.addEventListener('load', settled, { capture: true });
  for (const link of links) {
    const image = link.querySelector('img');
    if (image?.complete && image.naturalWidth > 0) image.classList.add('there');
    else if (link.dataset.hash !== undefined) watch.observe(link);
  }
}

function draw(link: HTMLAnchorElement): void {
  const image = link.querySelector('img');
  if (!image || image.classList.contains('there') || link.dataset.hash === undefined) return;
  const bytes = Uint8Array.from(atob(link.dataset.hash), (character) => character.charCodeAt(0));
  image.style.backgroundImage = `url("${thumbHashToDataURL(bytes)}")`;
}
