import type { DrawnSheet } from '../../task/contact-sheet/contact-sheet.ts';
import type { SheetPage } from './sheet-page.ts';

/** A page that has been drawn: as one image, or as its pictures. */
export interface DrawnPage {
  readonly page: SheetPage;
  readonly drawn: DrawnSheet;
}
