import {
  aFunction,
  aSignal,
  aSwitch,
  checkOptions,
  type Expectation,
  type Expectations,
} from '../../shared/checks/check-options.ts';
import { poolSizeExpectation } from '../pool/wanted-pool-size.ts';
import { LiveLimits } from './limits/live-limits.ts';
import type { RunOptions } from './run-options.ts';

const chosenItems: Expectation = {
  what: 'a set of inputs',
  fits: (value) => typeof (Object(value) as { has?: unknown }).has === 'function',
};
const journal: Expectation = {
  what: 'true, false or an object',
  fits: (value) => typeof value === 'boolean' || (typeof value === 'object' && value !== null),
};

/** The compiler makes sure that none is missing. */
const expectations: Expectations<Required<RunOptions>> = {
  poolSize: poolSizeExpectation,
  limits: { what: 'LiveLimits', fits: (value) => value instanceof LiveLimits },
  signal: aSignal,
  force: aSwitch,
  dryRun: aSwitch,
  only: chosenItems,
  journal,
  timings: aSwitch,
  onStart: aFunction,
  onPlace: aFunction,
  onResult: aFunction,
  onTotal: aFunction,
  onLimit: aFunction,
  onHosts: aFunction,
  onPassedOver: aFunction,
  onRemoved: aFunction,
  onWarning: aFunction,
};

/** @throws UsageError for an option of a run that is wrong or does not exist. */
export function checkRunOptions(options: unknown): void {
  checkOptions(options, expectations);
}
