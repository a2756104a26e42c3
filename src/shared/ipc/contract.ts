import { z } from 'zod';
import { errorCodes } from '../error-codes/error-codes.ts';
import { chooseFileSchema, chosenFileSchema } from './access.ts';
import { chosenOutputSchema, registerPathsSchema, registerTextSchema, registrationSchema } from './inputs.ts';
import { itemDetailsSchema, itemRequestSchema } from './item.ts';
import { jobForecastSchema, poolSizeSchema, previewSchema, startRunSchema, wantedPoolSchema } from './job.ts';
import type { EventName, PageRequestName, RequestName } from './names.ts';
import {
  recentRunSchema,
  rowsPageSchema,
  rowsRequestSchema,
  runIdSchema,
  runSnapshotSchema,
  runUpdateSchema,
} from './run.ts';
import { samplesSchema } from './samples.ts';
import { settingsChangeSchema, settingsSchema } from './settings.ts';
import { tuneRequestSchema, tuneUpdateSchema } from './tune.ts';

const nothing = z.undefined();
const ofRun = z.strictObject({ runId: runIdSchema });

const appInfoSchema = z.strictObject({
  version: z.string(),
  platform: z.string(),
  cores: z.int(),
  /** The largest pool size that the pool of this machine allows. */
  poolCeiling: poolSizeSchema,
  /** The size that a run starts with, and whether it finds another one by itself. */
  defaultPoolSize: z.strictObject({ thumbnails: poolSizeSchema, fetch: poolSizeSchema }),
  automaticByDefault: z.strictObject({ thumbnails: z.boolean(), fetch: z.boolean() }),
  /** Whether the window is a Chromium page and the stand-in takes the place of Electron. */
  standIn: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/**
 * The one IPC contract: main's handlers, the preload's `WindowApi` and the page's client are derived from it.
 * Main checks each call against `request`; `response` only gives its type, because the page trusts main.
 */
export const requests = {
  'app:info': { request: nothing, response: appInfoSchema },
  'settings:get': { request: nothing, response: settingsSchema },
  'settings:set': { request: settingsChangeSchema, response: settingsSchema },
  'dialog:open-folder': { request: nothing, response: registrationSchema },
  'dialog:open-list': { request: nothing, response: registrationSchema },
  /** `null` when the person cancelled the dialog. */
  'dialog:choose-output': { request: nothing, response: chosenOutputSchema.nullable() },
  'dialog:choose-file': { request: chooseFileSchema, response: chosenFileSchema.nullable() },
  'inputs:register': { request: registerPathsSchema, response: registrationSchema },
  'inputs:register-text': { request: registerTextSchema, response: registrationSchema },
  /** Inputs given by arguments or "open with" and not taken yet. The page asks once it can listen. */
  'inputs:take-opened': { request: nothing, response: registrationSchema },
  'run:preview': { request: startRunSchema, response: previewSchema },
  /** Of the job that was previewed last; `null` if nothing can be foretold, or not while something else is on. */
  'run:forecast': { request: startRunSchema, response: jobForecastSchema.nullable() },
  /** Of the job's settings; `null` while it is not known of which images, or while something else is on. */
  'samples:make': { request: startRunSchema, response: samplesSchema.nullable() },
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
  /** Without an id: the current run, or the last one. `null` if there is none. */
  'run:snapshot': { request: ofRun.partial(), response: runSnapshotSchema.nullable() },
  /** The page has drawn this update; main may send the next. */
  'run:acknowledge': { request: ofRun.extend({ sequence: z.int().min(0) }), response: nothing },
  'run:rows': { request: rowsRequestSchema, response: rowsPageSchema },
  /** Puts the same job as a `shoal …` line on the clipboard. Done by main, because only main knows the paths. */
  'run:copy-command': { request: startRunSchema, response: z.strictObject({ command: z.string() }) },
  'item:details': { request: itemRequestSchema, response: itemDetailsSchema },
  'item:open': { request: itemRequestSchema, response: nothing },
  'item:reveal': { request: itemRequestSchema, response: nothing },
  'item:copy-path': { request: itemRequestSchema, response: nothing },
  'item:copy-url': { request: itemRequestSchema, response: nothing },
  'report:save': {
    request: ofRun.extend({ format: z.enum(['csv', 'json', 'html']) }),
    response: z.strictObject({ saved: z.boolean() }),
  },
  'output:open-folder': { request: ofRun, response: nothing },
  'tune:start': { request: tuneRequestSchema, response: nothing },
  'tune:cancel': { request: nothing, response: nothing },
  'runs:recent': { request: nothing, response: z.array(recentRunSchema) },
  /** Starts a recent run's job again. Finished items are skipped, so an unfinished run is continued. */
  'runs:again': { request: ofRun, response: runSnapshotSchema },
} as const satisfies Record<RequestName, { request: z.ZodType; response: z.ZodType }>;

const events = {
  'run:update': runUpdateSchema,
  'tune:update': tuneUpdateSchema,
  'inputs:opened': registrationSchema,
  theme: z.strictObject({ dark: z.boolean() }),
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
