import { type $ZodIssue, type $ZodType, type input, type output, safeParse } from 'zod/v4/core';
import { UsageError } from './failure.ts';

type Path = readonly PropertyKey[];

/**
 * Validates settings that come from outside.
 * @param nameOf the name of the setting at a path in the words of the caller: a flag, or a key.
 * @param before what a sentence about the setting at a path begins with: where it is from.
 * @throws UsageError with a sentence for each setting that is out of bounds.
 */
export function checkedSettings<Schema extends $ZodType>(
  schema: Schema,
  settings: input<Schema>,
  nameOf: (path: Path) => string = (path) => path.map(String).join('.'),
  before: (path: Path) => string = () => '',
): output<Schema> {
  const { success, data, error } = safeParse(schema, settings, { reportInput: true });
  if (success) return data;
  throw new UsageError(
    error.issues.map((issue) => before(issue.path) + sentenceOf(issue, nameOf)),
    { cause: error },
  );
}

function sentenceOf(issue: $ZodIssue, nameOf: (path: Path) => string): string {
  if (issue.code === 'unrecognized_keys') {
    const where = issue.path.length > 0 ? ` in ${nameOf(issue.path)}` : '';
    return `Expected no setting of the name ${issue.keys.join(', ')}${where}: there is none.`;
  }
  return `${expectation(issue, nameOf)}${got(issue)}.`;
}

function expectation(issue: $ZodIssue, nameOf: (path: Path) => string): string {
  const name = nameOf(issue.path);
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return `Expected ${name} to have some text`;
      if (issue.origin === 'array') return `Expected ${name} to have at least ${issue.minimum}`;
      return `Expected ${name} to be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'array') return `Expected ${name} to have at most ${issue.maximum}`;
      return `Expected ${name} to be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_type':
      return `Expected ${name} to be ${typeWords[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `Expected ${name} to be ${listed(issue.values.map(String))}`;
    case 'invalid_key':
      return `${issue.issues[0]?.message ?? issue.message} for ${name}`;
    default:
      // Keeps the schema's own message, which begins with "Expected".
      return `${issue.message} for ${name}`;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'an array',
};

function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

/** The value that was given, unless it may be secret or takes more than a line. */
function got({ path, code, input }: $ZodIssue): string {
  const secret = path.some((key) => key === 'headers' || key === 'access');
  if (secret && code !== 'invalid_key') return '';
  if (Array.isArray(input)) return `, got ${input.length}`;
  if (typeof input === 'object' && input !== null) return '';
  const text = JSON.stringify(input) ?? String(input);
  return `, got ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
}
