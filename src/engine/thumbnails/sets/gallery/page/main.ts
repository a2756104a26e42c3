import { moveByKeys } from './move-by-keys.ts';
import { clearPlaceholders, drawPlaceholders } from './placeholders.ts';
import { groupRows } from './rows.ts';
import { openViewer } from './viewer.ts';

/** Without this script, each picture is a link to its largest rendition. */
const list = document.querySelector('ul');
const links = [...document.querySelectorAll<HTMLAnchorElement>('li > a')];

if (list) {
  moveByKeys(list, links);
  clearPlaceholders(list, links);
  groupRows(list, links, drawPlaceholders);
  list.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const place = link ? links.indexOf(link) : -1;
    // A person may want it in a tab of its own.
    if (place === -1 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openViewer(links, place);
  });
}
