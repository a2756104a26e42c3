import * as z from 'zod/mini';
import { manifestSchema } from '../../src/engine/thumbnails/sets/manifest/manifest-schema.ts';
import { table } from './table.ts';
import { withSection } from './written-section.ts';

interface Described {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly items?: Described;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
}

// Ours are checked for fields that nobody has described; whoever reads them is to take those of a later version.
const schema = z.toJSONSchema(manifestSchema, {
  override: ({ jsonSchema }) => {
    if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  },
}) as Described;

/** docs/manifest.schema.json, for editors and for what checks it. */
export function manifestSchemaDocument(): string {
  return `${JSON.stringify({ title: 'The manifest of a set of thumbnails', ...schema }, null, 2)}\n`;
}

/** docs/sets.md: the table of the manifest's fields is derived from its schema. */
export function setsDocument(): string {
  return withSection('sets.md', 'manifest', table(['field', 'what it is', 'there'], rowsOf(schema, '')));
}

function rowsOf({ properties = {}, required = [] }: Described, before: string): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = before + name;
    const row = [`\`${path}\``, field.description ?? '', required.includes(name) ? 'always' : 'sometimes'];
    return [row, ...(field.items ? rowsOf(field.items, `${path}[].`) : [])];
  });
}
