/** Makes the pictures one stop of the Tab key, among which the arrow keys, Home and End move. */
export function moveByKeys(list: HTMLElement, links: readonly HTMLAnchorElement[]): void {
  let current = links[0];
  for (const link of links) link.tabIndex = link === current ? 0 : -1;
  list.addEventListener('focusin', (event) => {
    const link = (event.target as Element).closest('a');
    if (!link || link === current) return;
    if (current) current.tabIndex = -1;
    link.tabIndex = 0;
    current = link;
  });
  list.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const place = links.indexOf(document.activeElement as HTMLAnchorElement);
    const target = place === -1 ? undefined : targetOf(event.key, place, links);
    if (target === undefined) return;
    event.preventDefault();
    links[target]?.focus();
  });
}

function targetOf(key: string, place: number, links: readonly HTMLAnchorElement[]): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return place - 1;
    case 'ArrowRight':
      return place + 1;
    case 'ArrowUp':
      return inRowBeside(place, -1, links);
    case 'ArrowDown':
      return inRowBeside(place, 1, links);
    case 'Home':
      return 0;
    case 'End':
      return links.length - 1;
    default:
      return undefined;
  }
}

/** The picture of the next row in that direction whose middle is nearest. Rows are told apart by where their middles are. */
function inRowBeside(place: number, step: 1 | -1, links: readonly HTMLAnchorElement[]): number {
  const from = middleOf(links[place]);
  let row: DOMRect | undefined;
  let best = place;
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = place + step; at >= 0 && at < links.length; at += step) {
    const box = links[at]?.getBoundingClientRect();
    if (!box || isOfRow(box, from.y)) continue;
    row ??= box;
    if (!isOfRow(box, row.y + row.height / 2)) break;
    const distance = Math.abs(box.x + box.width / 2 - from.x);
    if (distance >= nearest) break;
    nearest = distance;
    best = at;
  }
  return best;
}

function isOfRow(box: DOMRect, y: number): boolean {
  return box.top < y && box.bottom > y;
}

function middleOf(link: HTMLAnchorElement | undefined): { readonly x: number; readonly y: number } {
  const { x, y, width, height } = link?.getBoundingClientRect() ?? new DOMRect();
  return { x: x + width / 2, y: y + height / 2 };
}
