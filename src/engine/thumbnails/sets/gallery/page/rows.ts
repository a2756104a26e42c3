/** So many rows are one group at least: enough for a browser to have little to watch, few enough to draw little too much. */
const rowsAGroup = 4;

/** A row of pictures on the page, in pixels of the window. */
interface Row {
  readonly from: number;
  readonly bottom: number;
}

interface Seen {
  readonly element: Element;
  /** In pixels below the upper edge of the window. */
  readonly top: number;
}

/**
 * Divides the pictures into groups of whole rows, of which the browser draws, lays out and watches only those that are near
 * the window: 5,000 pictures in one list make each step of scrolling slow. What is not drawn is still found, read out and
 * reached by keys. Done anew where the page gets another width, as rows then end elsewhere.
 *
 * `onNear` is told of the pictures of each group that comes near.
 */
export function groupRows(
  list: HTMLElement,
  links: readonly HTMLAnchorElement[],
  onNear: (links: Iterable<HTMLAnchorElement>) => void,
): void {
  const cells = links.map((link) => link.parentElement as HTMLElement);
  const near = new IntersectionObserver(
    (changes) => {
      for (const { isIntersecting, target } of changes)
        if (isIntersecting) onNear(target.querySelectorAll('a'));
    },
    { rootMargin: '100%' },
  );
  let seen: Seen | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const group = () => {
    timer = undefined;
    const focus = document.activeElement;
    near.disconnect();
    list.classList.remove('grouped');
    list.replaceChildren(...cells);
    const groups = groupsOf(list, cells);
    list.replaceChildren(...groups);
    list.classList.add('grouped');
    for (const one of groups) near.observe(one);
    // What is moved loses the focus.
    if (focus instanceof HTMLElement && list.contains(focus)) focus.focus({ preventScroll: true });
    if (seen) putBack(seen);
  };
  // Those of a list are an item each also where they stand in a group.
  for (const cell of cells) cell.setAttribute('role', 'listitem');
  let width: number | undefined;
  const look = () => {
    // Another width has moved all of it already: what was seen before counts.
    if (list.clientWidth === width && timer === undefined) seen = seenIn(list);
  };
  addEventListener('scroll', look, { passive: true });
  new ResizeObserver(() => {
    if (list.clientWidth === width) return;
    clearTimeout(timer);
    // The first time at once, then when the window has its width.
    timer = setTimeout(group, width === undefined ? 0 : 150);
    width = list.clientWidth;
  }).observe(list);
}

/** How high each is, is known: nothing moves when it is drawn. */
function groupsOf(list: HTMLElement, cells: readonly HTMLElement[]): HTMLElement[] {
  const rows = rowsOf(cells);
  const gap = Number.parseFloat(getComputedStyle(list).rowGap);
  let top = list.getBoundingClientRect().top;
  return Array.from({ length: Math.ceil(rows.length / rowsAGroup) }, (_none, at) => {
    const first = at * rowsAGroup;
    const next = rows[first + rowsAGroup];
    const bottom = rows[Math.min(first + rowsAGroup, rows.length) - 1]?.bottom ?? top;
    const group = document.createElement('div');
    group.setAttribute('role', 'none');
    group.style.setProperty('contain-intrinsic-block-size', `${bottom - top}px`);
    group.append(...cells.slice(rows[first]?.from, next?.from ?? cells.length));
    top = bottom + gap;
    return group;
  });
}

/** Pictures of a row have their lower edge in common. */
function rowsOf(cells: readonly HTMLElement[]): readonly Row[] {
  const rows: Row[] = [];
  for (const [from, cell] of cells.entries()) {
    const { bottom } = cell.getBoundingClientRect();
    if (bottom > (rows.at(-1)?.bottom ?? Number.NEGATIVE_INFINITY) + 1) rows.push({ from, bottom });
  }
  return rows;
}

/** What a person looks at: what has the focus, or is the first in the window. Nothing at the top of the page. */
function seenIn(list: HTMLElement): Seen | undefined {
  if (scrollY === 0) return undefined;
  const focus = document.activeElement;
  const seen = focus && list.contains(focus) && isInView(focus) ? focus : firstInView(list);
  return seen && { element: seen, top: seen.getBoundingClientRect().top };
}

function firstInView(list: HTMLElement): Element | undefined {
  const group = [...list.children].find((child) => child.getBoundingClientRect().bottom > 0);
  return [...(group?.children ?? [])].find((cell) => cell.getBoundingClientRect().bottom > 0);
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** To where it was in the window, which may be lower now. */
function putBack({ element, top }: Seen): void {
  const is = element.getBoundingClientRect();
  scrollBy({ top: is.top - Math.min(top, innerHeight - is.height), behavior: 'instant' });
}
