import { createStore } from 'zustand/vanilla';
import type {
  ChosenModule,
  InputId,
  RefusedInput,
  RegisteredInput,
  Registration,
} from '../../shared/ipc/inputs.ts';
import type { JobKind } from '../../shared/ipc/job.ts';

export type { JobKind };

interface InputsState {
  readonly inputs: readonly RegisteredInput[];
  /** The module whose function is applied to the inputs. */
  readonly module: ChosenModule | undefined;
  /** The inputs given last that could not be used. */
  readonly refused: readonly RefusedInput[];
  /** The inputs of the run that was started last from here: it can be run again with them. */
  readonly ofRun: readonly RegisteredInput[];
  readonly moduleOfRun: ChosenModule | undefined;
  /** The person's choice if both images and lists were given. */
  readonly preferred: JobKind | undefined;
}

const none: InputsState = {
  inputs: [],
  module: undefined,
  refused: [],
  ofRun: [],
  moduleOfRun: undefined,
  preferred: undefined,
};

/** The state itself knows no React: features read it through the hook in `use-store.ts`, tests read it directly. */
export const inputsStore = createStore<InputsState>(() => none);

export function given(registration: Registration): void {
  inputsStore.setState((state) => ({
    inputs: withNew(state.inputs, registration.inputs),
    refused: registration.refused,
    module: registration.module ?? state.module,
  }));
}

/** The inputs stay, for what else can be done with them. */
export function removeModule(): void {
  inputsStore.setState({ module: undefined });
}

export function removeInput(id: InputId): void {
  inputsStore.setState((state) => ({ inputs: state.inputs.filter((input) => input.id !== id) }));
}

/** Takes the inputs off the start screen: a run has them now, or nobody wants them. */
export function clearInputs(): void {
  inputsStore.setState({ inputs: [], module: undefined, refused: [], preferred: undefined });
}

export function forgetInputs(ids: readonly InputId[]): void {
  const gone = new Set(ids);
  inputsStore.setState(({ inputs: given, module }) => {
    const inputs = given.filter(({ id }) => !gone.has(id));
    return { inputs, refused: [], module: inputs.length > 0 ? module : undefined };
  });
}

export function inputsWereStarted(): void {
  inputsStore.setState(({ inputs, module }) => ({
    ofRun: inputs,
    moduleOfRun: module,
    inputs: [],
    module: undefined,
  }));
}

/** Gives the inputs of the last run once more. */
export function givenAgain(): void {
  inputsStore.setState(({ inputs, ofRun, module, moduleOfRun }) => ({
    inputs: withNew(ofRun, inputs),
    module: module ?? moduleOfRun,
    refused: [],
  }));
}

export function prefer(kind: JobKind): void {
  inputsStore.setState({ preferred: kind });
}

export function refuse(refused: readonly RefusedInput[]): void {
  inputsStore.setState({ refused });
}

export function forgetRefused(): void {
  inputsStore.setState({ refused: [] });
}

type Given = Pick<InputsState, 'inputs' | 'preferred'> &
  Partial<Pick<InputsState, 'module' | 'ofRun' | 'moduleOfRun'>>;

/** The task for the inputs: that of a module, if one was chosen; else lists are fetched, and images become thumbnails. */
export function kindOf({ inputs: given, module, preferred, ofRun = [], moduleOfRun }: Given): JobKind {
  const isGiven = given.length > 0 || module !== undefined;
  if ((isGiven ? module : moduleOfRun) !== undefined) return 'map';
  const inputs = isGiven ? given : ofRun;
  const lists = inputs.some(({ kind }) => kind === 'list');
  const images = inputs.some(({ kind }) => kind !== 'list');
  if (lists && images) return preferred ?? 'thumbnails';
  return lists ? 'fetch' : 'thumbnails';
}

export function inputsFor(kind: JobKind, inputs: readonly RegisteredInput[]): RegisteredInput[] {
  return inputs.filter((input) => isFor(kind, input));
}

/** Whether a run of this kind does something with an input. */
export function isFor(kind: JobKind, input: Pick<RegisteredInput, 'kind'>): boolean {
  return kind === 'map' || (input.kind === 'list') === (kind === 'fetch');
}

/** What is there already is not given twice. */
function withNew(
  inputs: readonly RegisteredInput[],
  more: readonly RegisteredInput[],
): readonly RegisteredInput[] {
  const ids = new Set(inputs.map(({ id }) => id));
  return [...inputs, ...more.filter(({ id }) => !ids.has(id))];
}
