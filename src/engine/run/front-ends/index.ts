/**
 * What front ends need of the engine beside its public API: above all the journals of former runs. What draws has a door of
 * its own, because it comes with libraries that few commands need.
 */

export { SeenSet } from '../../files/seen-set.ts';
export { keepStateFolder } from '../../files/state-folder.ts';
export { assertWorkingFolder } from '../../files/working-folder.ts';
export { writeWhole } from '../../files/write-whole.ts';
export type { Forecast } from '../forecast/forecast.ts';
export { hostOf, PlannedItems } from '../forecast/planned-items.ts';
export { inputItems, notText } from '../input-items.ts';
export { compareRuns, type Standing } from '../journal/compare-runs.ts';
export { journalPath, runIdOf, runIds } from '../journal/journal-folder.ts';
export type { JournalHead, ResultLine } from '../journal/journal-line.ts';
export { Journal } from '../journal/journal-of-run.ts';
export { keptRequest } from '../journal/kept-request.ts';
export { isOfFunction, type MapHead, mapItemsAgain, notKeptWhole } from '../journal/map-again.ts';
export { journalLines } from '../journal/read-journal.ts';
export { removeJournal } from '../journal/remove-journal.ts';
export { requestAgain } from '../journal/request-again.ts';
export { type RunOverview, runHead, runOverview } from '../journal/run-overview.ts';
export { type UndoneFile, undoRun } from '../journal/undo-run.ts';
export { unfinishedItems } from '../journal/unfinished-items.ts';
export type { ChosenItems } from '../run-options.ts';
export { inScratchFolder } from '../scratch-folder.ts';
export { Tally } from '../tally.ts';
export { ToldFailures } from '../told-failures.ts';
