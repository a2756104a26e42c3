import { z } from 'zod';
import { crashOfferSchema } from '../crash/crash-messages.ts';
import { errorCodes } from '../error-codes/error-codes.ts';
import { placeNames, placesSchema } from '../first-start/places.ts';
import { limitChangeSchema } from '../limits/limit-change.ts';
import {
  machinesSchema,
  queueChoiceSchema,
  queuedRunIdSchema,
  setQueueSchema,
} from '../machines/machine-messages.ts';
import {
  folderSettingsSchema,
  presetListSchema,
  removePresetSchema,
  savedPresetSchema,
  savePresetSchema,
} from '../presets/preset-messages.ts';
import { setKinds } from '../settings/set-kinds.ts';
import { updateStateSchema } from '../updates/update-messages.ts';
import { chooseFileSchema, chosenFileSchema } from './access.ts';
import { dialogNameSchema } from './dialogs.ts';
import { comparisonSchema, formerRunSchema, journalIdSchema, preparedSchema, undoSchema } from './history.ts';
import {
  chosenOutputSchema,
  inputIdSchema,
  registerPathsSchema,
  registerTextSchema,
  registrationSchema,
} from './inputs.ts';
import { itemDetailsSchema, itemRequestSchema } from './item.ts';
import {
  handOutSchema,
  jobForecastSchema,
  jobKinds,
  poolSizeSchema,
  previewSchema,
  startRunSchema,
  wantedPoolSchema,
} from './job.ts';
import type { EventName, PageRequestName, RequestName } from './names.ts';
import { noticeSchema } from './notices.ts';
import { countTextSchema, urlCountSchema } from './pasted-text.ts';
import { moveInQueueSchema, queueIdSchema, queueSchema } from './queue.ts';
import {
  rowsPageSchema,
  rowsRequestSchema,
  runIdSchema,
  runSnapshotSchema,
  runUpdateSchema,
  thumbIdSchema,
} from './run.ts';
import { samplesSchema } from './samples.ts';
import {
  copiedSchema,
  draggedSchema,
  itemMenuSchema,
  selectedItemsSchema,
  selectionSummarySchema,
} from './selection.ts';
import { settingsChangeSchema, settingsSchema } from './settings.ts';
import { tuneRequestSchema, tuneUpdateSchema } from './tune.ts';
import { watchedIdSchema, watchedSchema, watchOfferSchema } from './watched.ts';

const nothing = z.undefined();
const ofRun = z.strictObject({ runId: runIdSchema });
const ofInput = z.strictObject({ input: inputIdSchema });
const ofEntry = z.strictObject({ id: queueIdSchema });
const ofWatched = z.strictObject({ id: watchedIdSchema });
const ofQueuedRun = z.strictObject({ run: queuedRunIdSchema });
const ofJournal = z.strictObject({ id: journalIdSchema });

const appInfoSchema = z.strictObject({
  version: z.string(),
  /** What the app runs on, such as "Electron 45.4.1". */
  ground: z.array(z.string()),
  platform: z.string(),
  cores: z.int(),
  /** The largest pool size that the pool of this machine allows. */
  poolCeiling: poolSizeSchema,
  /** The size that a run starts with, and whether it finds another one by itself. */
  defaultPoolSize: z.record(z.enum(jobKinds), poolSizeSchema),
  automaticByDefault: z.record(z.enum(jobKinds), z.boolean()),
  /** Whether the window is a Chromium page and the stand-in takes the place of Electron. */
  standIn: z.boolean(),
  /** The one of the system's languages that the window speaks. */
  systemLanguage: z.string(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/**
 * The one IPC contract: main's handlers, the preload's `WindowApi` and the page's client are derived from it.
 * Main checks each call against `request`; `response` only gives its type, because the page trusts main.
 */
export const requests = {
  'app:info': { request: nothing, response: appInfoSchema },
  /** What the app contains of others, by name. */
  'app:notices': { request: nothing, response: z.array(noticeSchema) },
  /** Where the app keeps what is its own. */
  'app:places': { request: nothing, response: placesSchema },
  'app:open-place': { request: z.strictObject({ name: z.enum(placeNames) }), response: nothing },
  'updates:get': { request: nothing, response: updateStateSchema },
  /** Asks the server for a newer version, now. */
  'updates:look': { request: nothing, response: nothing },
  'updates:download': { request: nothing, response: nothing },
  /** Installs what was fetched, and starts it. */
  'updates:restart': { request: nothing, response: nothing },
  /** The version on offer is not mentioned again. */
  'updates:not-now': { request: nothing, response: nothing },
  /** The newest report of an unexpected end that nobody has seen; `null` if there is none. */
  'crash:offer': { request: nothing, response: crashOfferSchema.nullable() },
  'crash:copy': { request: nothing, response: nothing },
  'crash:reveal': { request: nothing, response: nothing },
  'crash:seen': { request: nothing, response: nothing },
  'settings:get': { request: nothing, response: settingsSchema },
  'settings:set': { request: settingsChangeSchema, response: settingsSchema },
  'dialog:open-folder': { request: nothing, response: registrationSchema },
  'dialog:open-list': { request: nothing, response: registrationSchema },
  'dialog:open-module': { request: nothing, response: registrationSchema },
  /** `null` when the person cancelled the dialog. */
  'dialog:choose-output': { request: nothing, response: chosenOutputSchema.nullable() },
  'dialog:choose-file': { request: chooseFileSchema, response: chosenFileSchema.nullable() },
  'inputs:register': { request: registerPathsSchema, response: registrationSchema },
  'inputs:register-text': { request: registerTextSchema, response: registrationSchema },
  /** What a text has, as it is typed: a newer question ends the one before. */
  'inputs:count-text': { request: countTextSchema, response: urlCountSchema },
  /** Inputs given by arguments or "open with" and not taken yet. The page asks once it can listen. */
  'inputs:take-opened': { request: nothing, response: registrationSchema },
  'run:preview': { request: startRunSchema, response: previewSchema },
  /** Of the job that was previewed last; `null` if nothing can be foretold, or not while something else is on. */
  'run:forecast': { request: startRunSchema, response: jobForecastSchema.nullable() },
  /** Of the job's settings; `null` while it is not known of which images, or while something else is on. */
  'samples:make': { request: startRunSchema, response: samplesSchema.nullable() },
  /** Draws pictures to try the app with, and registers their folder. */
  'samples:pictures': { request: nothing, response: registrationSchema },
  /** Answers with the run's first snapshot, so that the page knows the run before its first update arrives. */
  'run:start': { request: startRunSchema, response: runSnapshotSchema },
  'run:pause': { request: ofRun, response: nothing },
  'run:resume': { request: ofRun, response: nothing },
  'run:cancel': { request: ofRun, response: nothing },
  /** Starts a new run of the failed items alone: of all, or of those with these causes. */
  'run:retry-failed': {
    request: ofRun.extend({ codes: z.array(z.enum(errorCodes)).min(1).max(errorCodes.length).optional() }),
    response: runSnapshotSchema,
  },
  /** A size ends what is automatic. */
  'run:resize-pool': { request: ofRun.extend({ poolSize: wantedPoolSchema }), response: nothing },
  'run:change-limit': { request: ofRun.extend({ change: limitChangeSchema }), response: nothing },
  /** Without an id: the current run, or the last one. `null` if there is none. */
  'run:snapshot': { request: ofRun.partial(), response: runSnapshotSchema.nullable() },
  /** The page has drawn this update; main may send the next. */
  'run:acknowledge': { request: ofRun.extend({ sequence: z.int().min(0) }), response: nothing },
  /** The page has no more questions about a run that is over. */
  'run:leave': { request: ofRun, response: nothing },
  'run:rows': { request: rowsRequestSchema, response: rowsPageSchema },
  /** Puts the same job as a `shoal …` line on the clipboard. Done by main, because only main knows the paths. */
  'run:copy-command': { request: startRunSchema, response: z.strictObject({ command: z.string() }) },
  'item:details': { request: itemRequestSchema, response: itemDetailsSchema },
  'item:open': { request: itemRequestSchema, response: nothing },
  'item:reveal': { request: itemRequestSchema, response: nothing },
  'item:copy-path': { request: itemRequestSchema, response: nothing },
  'item:copy-url': { request: itemRequestSchema, response: nothing },
  'items:summary': { request: selectedItemsSchema, response: selectionSummarySchema },
  /** Starts a new run of those among them that failed or were cancelled. */
  'items:retry': { request: selectedItemsSchema, response: runSnapshotSchema },
  /** Registers them as inputs of another run, with whatever settings. */
  'items:redo': { request: selectedItemsSchema, response: registrationSchema },
  'items:copy-paths': { request: selectedItemsSchema, response: copiedSchema },
  'items:copy-urls': { request: selectedItemsSchema, response: copiedSchema },
  /** Of the first of them that has a file. */
  'items:reveal': { request: selectedItemsSchema, response: nothing },
  /** Drags their files out of the window, by the system. */
  'items:drag': { request: selectedItemsSchema, response: draggedSchema },
  /** Shows the menu of what can be done with them. */
  'items:menu': { request: selectedItemsSchema, response: itemMenuSchema },
  'report:save': {
    request: ofRun.extend({ format: z.enum(['csv', 'json', 'html']) }),
    response: z.strictObject({ saved: z.boolean() }),
  },
  'output:open-folder': { request: ofRun, response: nothing },
  /** Opens what was made of all thumbnails together, in the program that the person has for it. */
  'output:open-set': { request: ofRun.extend({ kind: z.enum(setKinds) }), response: nothing },
  'tune:start': { request: tuneRequestSchema, response: nothing },
  'tune:cancel': { request: nothing, response: nothing },
  'runs:recent': { request: nothing, response: z.array(formerRunSchema) },
  /** Starts a recent run's job again. Finished items are skipped, so an unfinished run is continued. */
  'runs:again': { request: ofRun, response: runSnapshotSchema },
  /** The first pictures that a former run made and that are still there. */
  'runs:pictures': { request: ofJournal, response: z.array(thumbIdSchema) },
  /** Takes a run off the list of recent ones; its journal stays. */
  'runs:hide': { request: ofJournal, response: nothing },
  /** A former run, to be looked at like one that has just ended. */
  'runs:open': { request: ofJournal, response: runSnapshotSchema },
  /** What a former run was to do: it is shown first, and nothing is started. */
  'runs:prepare': { request: ofJournal, response: preparedSchema },
  /** All runs that have a journal, also those of the command line, the newest first. */
  'history:list': { request: nothing, response: z.array(formerRunSchema) },
  'history:compare': {
    request: z.strictObject({ a: journalIdSchema, b: journalIdSchema }),
    response: comparisonSchema,
  },
  /** What an undo would remove. Nothing is. */
  'history:look-undo': { request: ofJournal, response: undoSchema },
  'history:undo': { request: ofJournal, response: undoSchema },
  /** Removes what is remembered of a run, and nothing that it made. */
  'history:remove': { request: ofJournal, response: nothing },
  /** The person's own presets, as their files are now. */
  'presets:list': { request: nothing, response: presetListSchema },
  'presets:save': { request: savePresetSchema, response: savedPresetSchema },
  'presets:remove': { request: removePresetSchema, response: presetListSchema },
  /** The settings that a folder among the inputs has; null if it has none. */
  'presets:of-folder': { request: ofInput, response: z.nullable(folderSettingsSchema) },
  'queue:get': { request: nothing, response: queueSchema },
  /** The settings are kept as they are now. */
  'queue:add': { request: startRunSchema, response: nothing },
  'queue:move': { request: moveInQueueSchema, response: nothing },
  'queue:remove': { request: ofEntry, response: nothing },
  /** Takes an entry out of the queue, to be looked at and changed. */
  'queue:edit': { request: ofEntry, response: preparedSchema },
  /** Starts the next entry: now, or behind the run that is on. */
  'queue:go-on': { request: nothing, response: nothing },
  'watched:get': { request: nothing, response: watchedSchema },
  /** Keeps a folder up to date from now on, with the settings as they are now. */
  'watched:add': { request: startRunSchema, response: nothing },
  /** Whether the folder of a run can be kept up to date. */
  'watched:offer': { request: ofRun, response: watchOfferSchema },
  /** Keeps the folder of a run up to date, with the settings that the run had. */
  'watched:add-of-run': { request: ofRun, response: nothing },
  'watched:pause': { request: ofWatched.extend({ paused: z.boolean() }), response: nothing },
  'watched:run-now': { request: ofWatched, response: nothing },
  'watched:remove': { request: ofWatched, response: nothing },
  /** Takes back the last removal. */
  'watched:put-back': { request: ofWatched, response: nothing },
  /** Which queue is used for runs on several machines. Nothing is connected for that. */
  'machines:queue': { request: nothing, response: queueChoiceSchema },
  'machines:set-queue': { request: setQueueSchema, response: queueChoiceSchema },
  /** Uses the queue that the environment names. */
  'machines:use-offered': { request: nothing, response: queueChoiceSchema },
  /** The workers and the runs of the queue as they are now; it is connected for as long as somebody looks. */
  'machines:look': { request: nothing, response: machinesSchema },
  /** Shows a run that workers have as a run of the window, from its first result on. */
  'machines:follow': { request: ofQueuedRun, response: runSnapshotSchema },
  /** Hands out again what failed, and shows that. */
  'machines:retry': { request: ofQueuedRun, response: runSnapshotSchema },
  /** Ends a run for all workers. */
  'machines:cancel': { request: ofQueuedRun, response: nothing },
  /** Hands a run out, and shows it. Its output folder is one that all machines see. */
  'machines:submit': { request: handOutSchema, response: runSnapshotSchema },
} as const satisfies Record<RequestName, { request: z.ZodType; response: z.ZodType }>;

const events = {
  'run:update': runUpdateSchema,
  'tune:update': tuneUpdateSchema,
  'inputs:opened': registrationSchema,
  /** A menu asks for a dialog of the page. */
  'dialog:show': z.strictObject({ dialog: dialogNameSchema }),
  'queue:changed': queueSchema,
  'watched:changed': watchedSchema,
  'updates:changed': updateStateSchema,
} as const satisfies Record<EventName, z.ZodType>;

/** The request as the caller writes it, before defaults. */
type RequestOf<Name extends RequestName> = z.input<(typeof requests)[Name]['request']>;
/** The request as the handler gets it: checked, with defaults filled in. */
export type CheckedRequestOf<Name extends RequestName> = z.output<(typeof requests)[Name]['request']>;
export type ResponseOf<Name extends RequestName> = z.output<(typeof requests)[Name]['response']>;
export type EventOf<Name extends EventName> = z.output<(typeof events)[Name]>;

/** Main's side: one function for each name, none missing. */
export type Handlers = {
  readonly [Name in RequestName]: (request: CheckedRequestOf<Name>) => Promise<ResponseOf<Name>>;
};

/**
 * The answer to a call. Electron reduces a rejection to its message, so a failure is sent as data; only a call that was
 * refused (wrong sender or payload) rejects.
 */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** Arguments of a call: none where the request carries nothing. */
export type RequestArguments<Name extends RequestName> =
  RequestOf<Name> extends undefined ? [] : [request: RequestOf<Name>];

/** The preload's side: `window.api`. */
export interface WindowApi {
  request<Name extends PageRequestName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<Reply<ResponseOf<Name>>>;
  /** Registers the files of a drop or a paste. Only the preload and main see their paths. */
  registerFiles(files: readonly File[]): Promise<Reply<ResponseOf<'inputs:register'>>>;
  /** Returns a function that stops listening. */
  on<Name extends EventName>(name: Name, listener: (event: EventOf<Name>) => void): () => void;
}
