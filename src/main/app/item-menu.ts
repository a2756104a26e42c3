import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { t } from '../../languages/translate.ts';
import type { ItemMenuAction, SelectionSummary } from '../../shared/ipc/selection.ts';

/** Shows the menu of one item or of several. Resolves with what was chosen; `null` where nothing was. */
export function popUpItemMenu(
  window: BrowserWindow,
  { count, known }: SelectionSummary,
  isRunOn: boolean,
): Promise<ItemMenuAction | null> {
  const { promise, resolve } = Promise.withResolvers<ItemMenuAction | null>();
  const offer = (id: ItemMenuAction, label: string, enabled = true): MenuItemConstructorOptions => ({
    id,
    label,
    enabled,
    click: () => resolve(id),
  });
  const isOne = count === 1;
  const hasFiles = known?.files !== 0;
  const hasUrls = known === undefined || known.urls > 0;
  const template: MenuItemConstructorOptions[] = [
    ...(isOne ? [offer('open', t('Open'), hasFiles)] : []),
    offer('reveal', t('Show in folder'), hasFiles),
    { type: 'separator' },
    offer('copy-paths', isOne ? t('Copy path') : t('Copy paths'), hasFiles),
    ...(hasUrls ? [offer('copy-urls', isOne ? t('Copy URL') : t('Copy URLs'))] : []),
    { type: 'separator' },
    offer('retry', t('Retry'), !isRunOn && known?.retryable !== 0),
    offer('redo', t('Redo with…'), !isRunOn),
  ];
  // The menu may be closed before its item is clicked: a moment later the click has won.
  Menu.buildFromTemplate(template).popup({ window, callback: () => setTimeout(() => resolve(null), 50) });
  return promise;
}
