import PhotoSwipe from 'photoswipe';
import { slideOf, typeShown } from './slide.ts';

/** Shows a picture as large as it is, or as the window; keys, wheel and fingers zoom and lead to the others. */
export function openViewer(links: readonly HTMLAnchorElement[], index: number): void {
  const [first] = links.slice(index, index + 1);
  if (!first) return;
  const type = typeShown(first);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const viewer = new PhotoSwipe({
    index,
    loop: false,
    bgOpacity: 1,
    showHideAnimationType: calm ? 'none' : 'zoom',
    zoomAnimationDuration: calm ? 0 : 250,
    wheelToZoom: true,
    // One that is small enough to be seen whole is doubled, but only when asked.
    secondaryZoomLevel: ({ fit }) => (fit < 0.9 ? 1 : 2),
    // By what is here: the picture that was last seen gets it.
    returnFocus: false,
    closeTitle: 'Close',
    zoomTitle: 'Zoom',
    arrowPrevTitle: 'Previous picture',
    arrowNextTitle: 'Next picture',
    errorMsg: 'This picture cannot be shown.',
    paddingFn: ({ x }) => (x < 700 ? edges(0, 0) : edges(48, 56)),
  });
  viewer.addFilter('numItems', () => links.length);
  viewer.addFilter('itemData', (data, place) => {
    const link = links[place];
    return link ? slideOf(link, type) : data;
  });
  viewer.on('uiRegister', () => {
    viewer.ui?.registerElement({
      name: 'caption',
      order: 9,
      isButton: false,
      appendTo: 'root',
      onInit: (element) => {
        element.dir = 'auto';
        element.translate = false;
        element.setAttribute('role', 'status');
        viewer.on('change', () => {
          element.textContent = links[viewer.currIndex]?.querySelector('img')?.alt ?? '';
        });
      },
    });
  });
  viewer.on('bindEvents', () => {
    viewer.element?.setAttribute('aria-label', 'Viewer');
    viewer.element?.setAttribute('aria-modal', 'true');
  });
  viewer.on('keydown', ({ originalEvent }) => {
    const target = { Home: 0, End: links.length - 1 }[originalEvent.key];
    if (target === undefined) return;
    originalEvent.preventDefault();
    viewer.goTo(target);
  });
  viewer.on('destroy', () => links[viewer.currIndex]?.focus());
  viewer.init();
}

function edges(sides: number, ends: number) {
  return { top: ends, bottom: ends, left: sides, right: sides };
}
