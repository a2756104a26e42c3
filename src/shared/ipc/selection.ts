import { z } from 'zod';
import { rowsRequestSchema } from './run.ts';

/** More pieces than a person clicks together; a message of them stays small. */
export const mostRanges = 10_000;

const place = z.int().min(0).max(0x7fff_ffff);

/**
 * Items of a run by their places in a list: the page has chosen them without holding them, and main knows the list. No
 * path crosses.
 */
export const selectedItemsSchema = rowsRequestSchema.omit({ offset: true, limit: true }).extend({
  /** How long the list was when the places were chosen: in one that is sorted, a new item moves others. */
  total: place,
  /** First and last place of each piece, in their order. */
  ranges: z
    .array(z.tuple([place, place]))
    .min(1)
    .max(mostRanges)
    .refine(isAscending, 'Expected pieces that follow each other'),
});
export type SelectedItems = z.infer<typeof selectedItemsSchema>;

/** Otherwise items could be asked for many times over. */
function isAscending(ranges: readonly (readonly [number, number])[]): boolean {
  return ranges.every(([first, last], at) => first <= last && first > (ranges[at - 1]?.[1] ?? -1));
}

/** What can be done with them. */
export const selectionSummarySchema = z.strictObject({
  count: z.int(),
  /** Absent of very many: what can be done is then told by doing it. */
  known: z
    .strictObject({
      /** Failed or cancelled: there is something to try again. */
      retryable: z.int(),
      /** With a file that was made, or the original. */
      files: z.int(),
      urls: z.int(),
      bytesIn: z.int(),
      bytesOut: z.int(),
    })
    .optional(),
});
export type SelectionSummary = z.infer<typeof selectionSummarySchema>;

export const copiedSchema = z.strictObject({ copied: z.int() });

/** `leftOut`: more than go at once; `missing`: nothing was made of them, or it is gone. */
export const draggedSchema = z.strictObject({ dragged: z.int(), leftOut: z.int(), missing: z.int() });

const itemMenuActions = ['open', 'reveal', 'copy-paths', 'copy-urls', 'retry', 'redo'] as const;
export type ItemMenuAction = (typeof itemMenuActions)[number];
/** `null`: the menu was closed. What was chosen, the page does then. */
export const itemMenuSchema = z.strictObject({ chosen: z.enum(itemMenuActions).nullable() });
