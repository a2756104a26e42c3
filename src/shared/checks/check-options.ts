import { UsageError } from '../failure.ts';

/** What an option of the library must be, in words that follow "Expected … to be". */
export interface Expectation {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

export type Expectations<Options> = Readonly<Record<keyof Options, Expectation>>;

export function integerFrom(min: number, max: number = Number.MAX_SAFE_INTEGER): Expectation {
  return {
    what:
      max === Number.MAX_SAFE_INTEGER ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`,
    fits: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
  };
}

/** Milliseconds need not be whole. */
export function numberFrom(min: number, max: number): Expectation {
  return {
    what: `a number from ${min} to ${max}`,
    fits: (value) => typeof value === 'number' && value >= min && value <= max,
  };
}

export function oneOf(...choices: readonly string[]): Expectation {
  return { what: choices.join(' or '), fits: (value) => choices.some((choice) => choice === value) };
}

export const aFunction: Expectation = { what: 'a function', fits: (value) => typeof value === 'function' };
export const aPath: Expectation = {
  what: 'a text that is not empty',
  fits: (value) => typeof value === 'string' && value !== '',
};
export const aSwitch: Expectation = { what: 'true or false', fits: (value) => typeof value === 'boolean' };
export const anything: Expectation = { what: 'anything', fits: () => true };
/** Also one of another realm, as test environments have them. */
export const aSignal: Expectation = {
  what: 'an AbortSignal',
  fits: (value) =>
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { aborted?: unknown }).aborted === 'boolean' &&
    typeof (value as { addEventListener?: unknown }).addEventListener === 'function',
};

export function either(...expectations: readonly Expectation[]): Expectation {
  return {
    what: expectations.map(({ what }) => what).join(' or '),
    fits: (value) => expectations.some(({ fits }) => fits(value)),
  };
}

/**
 * Checks options that TypeScript guarantees but JavaScript may get wrong. One that is undefined is as if it were not there.
 * @param elsewhere names that another function has, and what to say of them.
 * @throws UsageError with a sentence for each that is wrong or that does not exist: a typing error in a name would
 * otherwise be ignored silently.
 */
export function checkOptions(
  options: unknown,
  expectations: Readonly<Record<string, Expectation>>,
  elsewhere: Readonly<Record<string, string>> = {},
): void {
  assertOptions(options);
  const problems = Object.entries(options).flatMap(([name, value]) => {
    const expected = Object.hasOwn(expectations, name) ? expectations[name] : undefined;
    if (expected) return value === undefined || expected.fits(value) ? [] : [sentence(name, expected, value)];
    const hint = Object.hasOwn(elsewhere, name) ? elsewhere[name] : 'there is none';
    return [`Expected no option of the name ${name}: ${hint}.`];
  });
  if (problems.length > 0) throw new UsageError(problems);
}

/** @throws UsageError for options that have no names. */
export function assertOptions(options: unknown): asserts options is object {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new UsageError(`Expected the options to be an object, got ${said(options)}.`);
}

/** "Expected lookAhead to be an integer of at least 1, got 0." */
export function sentence(name: string, { what }: Expectation, value: unknown): string {
  return `Expected ${name} to be ${what}, got ${said(value)}.`;
}

/** A value in a sentence. */
export function said(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
    case 'function':
      return /^class\b/.test(Function.prototype.toString.call(value))
        ? `the class ${value.name}`
        : 'a function';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'an array' : 'an object';
    case 'undefined':
      return 'nothing';
    default:
      return String(value);
  }
}
