import { createStore } from 'zustand/vanilla';
import type { Access, AccessFile, ChosenFile, SessionSettings } from '../../shared/ipc/access.ts';
import type { ChosenOutput, RegisteredInput } from '../../shared/ipc/inputs.ts';
import type { JobSettings } from '../../shared/ipc/job.ts';
import { request } from '../ipc/api.ts';
import { appStore, chosenPoolSize, isPoolAutomatic } from './app.ts';
import { inputsFor, inputsStore, type JobKind, kindOf } from './inputs.ts';
import { attempt } from './problem.ts';

interface JobState {
  /** Of each kind of run its own. Kept only for this session: a remembered folder may be on a disk that is gone. */
  readonly outputs: Readonly<Partial<Record<JobKind, ChosenOutput>>>;
  readonly force: boolean;
  readonly session: Readonly<Record<JobKind, SessionSettings>>;
}

/** The choices for the next run that are not saved as settings. */
export const jobStore = createStore<JobState>(() => ({
  outputs: {},
  force: false,
  session: { thumbnails: {}, fetch: {}, map: {} },
}));

export async function chooseOutput(kind: JobKind): Promise<void> {
  const output = await attempt(() => request('dialog:choose-output'));
  if (output) jobStore.setState(({ outputs }) => ({ outputs: { ...outputs, [kind]: output } }));
}

export function usualOutput(kind: JobKind): void {
  jobStore.setState(({ outputs: { [kind]: _, ...outputs } }) => ({ outputs }));
}

export async function chooseFile(setting: AccessFile): Promise<ChosenFile | undefined> {
  return (await attempt(() => request('dialog:choose-file', { setting }))) ?? undefined;
}

export function setForce(force: boolean): void {
  jobStore.setState({ force });
}

/** Undefined goes back to the default. */
export function changeSession<Key extends keyof SessionSettings>(
  kind: JobKind,
  key: Key,
  value: SessionSettings[Key] | undefined,
): void {
  jobStore.setState(({ session }) => {
    const { [key]: _, ...others } = session[kind];
    const changed = value === undefined ? others : { ...others, [key]: value };
    return { session: { ...session, [kind]: changed } };
  });
}

/** The request for the next run with the current settings; undefined while there are no inputs. */
export function currentRequest() {
  const state = inputsStore.getState();
  return requestFor(kindOf(state), state.inputs);
}

/** The request that does this with the inputs that are for it, with the current settings; undefined if none is. */
export function requestFor(kind: JobKind, given: readonly RegisteredInput[]) {
  const inputs = inputsFor(kind, given).map(({ id }) => id);
  const job = currentJob(kind);
  if (inputs.length === 0 || job === undefined) return undefined;
  const app = appStore.getState();
  const poolSize = isPoolAutomatic(app, kind) ? ('auto' as const) : chosenPoolSize(app, kind);
  return { inputs, job, poolSize };
}

function currentJob(kind: JobKind): JobSettings | undefined {
  const { settings } = appStore.getState();
  if (kind === 'map') {
    const { module } = inputsStore.getState();
    return module && { kind, module: module.id, recipe: settings.map, recursive: settings.recursive };
  }
  const { outputs, force, session } = jobStore.getState();
  const output = outputs[kind];
  const { match, exclude, durable, headers, sets = [], ...access } = session[kind];
  const where = { ...(output && { output: output.id }), force, ...(durable && { durable }) };
  const matching = match === undefined ? {} : { match };
  return kind === 'fetch'
    ? {
        kind,
        recipe: { ...settings.fetch, ...matching, ...(headers && { headers }) },
        ...(Object.keys(access).length > 0 && { access: withIds(access) }),
        ...where,
      }
    : {
        kind,
        recipe: settings.thumbnails,
        recursive: settings.recursive,
        ...matching,
        ...(exclude && { exclude }),
        ...(sets.length > 0 && { sets }),
        ...where,
      };
}

function withIds(access: Pick<SessionSettings, AccessFile | 'user' | 'password' | 'proxy'>): Access {
  const { user, password, proxy, ...files } = access;
  const ids = Object.entries(files).flatMap(([key, file]) => (file === undefined ? [] : [[key, file.id]]));
  return { ...accessTexts({ user, password, proxy }), ...Object.fromEntries(ids) };
}

function accessTexts(texts: Pick<Access, 'user' | 'password' | 'proxy'>): Access {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
}
