import * as z from 'zod/mini';
import { UsageError } from '../../shared/failure.ts';
import { headersSchema } from '../../shared/recipe.ts';
import { fetchSettings } from '../../shared/settings/fetch-settings.ts';
import { schemaOf } from '../../shared/settings/schema-of.ts';
import { readSmallFile } from '../files/read-small-file.ts';
import type { HostRulesTable } from './protocol/host-rules.ts';
import { Proxies } from './protocol/proxies.ts';

const text = z.string().check(z.minLength(1));
// Without their defaults, which would hide what is told less closely.
const { default: _usual, ...perHost } = fetchSettings.perHost;
const { default: _none, ...minGap } = fetchSettings.minGap;

const tableSchema = z.record(
  text,
  z.strictObject({
    perHost: schemaOf(perHost),
    minGap: schemaOf(minGap),
    headers: z.optional(headersSchema),
    user: z.optional(text),
    password: z.optional(z.string()),
    proxy: z.optional(z.string()),
  }),
);

/**
 * Reads a file of rules for hosts: a JSON object with a rule for each host.
 * @throws UsageError if it cannot be read, or is none; no value is told, as it may be secret.
 */
export function hostRulesOf(path: string): HostRulesTable {
  const content = readSmallFile(path, 'file of hosts')
    .toString('utf8')
    .replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw new UsageError(`Expected JSON in ${path}: an object with a rule for each host.`, { cause });
  }
  const parsed = tableSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.map(String).join(' → ') || 'it';
    throw new UsageError(
      `Expected rules such as {"example.com": {"perHost": 2, "minGap": 1}} in ${path}: ${where} is not right.`,
    );
  }
  for (const [host, { proxy }] of Object.entries(parsed.data)) {
    if (proxy && new Proxies(proxy, {}).fault() !== undefined) {
      throw new UsageError(
        `Expected the proxy of ${host} in ${path} to be a URL such as http://proxy:3128 or socks5://proxy:1080.`,
      );
    }
  }
  return parsed.data;
}
