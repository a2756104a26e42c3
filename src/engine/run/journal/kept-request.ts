import type { FetchRequest, UrlInput } from '../../../shared/requests.ts';
import { withoutCredentials, withoutQuery, withoutSecretsIn } from '../../../shared/without-secrets.ts';

/** So many characters of the options of a person's own function are kept. */
const longestData = 64 * 1024;

/** A request as far as a journal may have it, and the names of what was left out. */
export interface KeptRequest {
  readonly request: object;
  readonly withheld: readonly string[];
}

/**
 * A request without its secrets: what gives access, the values of headers, passwords in URLs, and with `redact` the
 * values of queries.
 */
export function keptRequest(request: object): KeptRequest {
  if (isFetch(request)) return keptFetch(request);
  return isMap(request) ? keptMap(request) : { request, withheld: [] };
}

/** A head is read for each list of runs: what a person's own function was given is kept as long as it is no file by itself. */
function keptMap(request: MapLike): KeptRequest {
  const { data, ...recipe } = request.recipe ?? {};
  const isLong = (JSON.stringify(data) ?? '').length > longestData;
  return isLong ? { request: { ...request, recipe }, withheld: ['data'] } : { request, withheld: [] };
}

function keptFetch({ access, inputs, recipe, ...further }: FetchRequest): KeptRequest {
  const { headers, ...ofRecipe } = recipe;
  const kept = inputs.map((input) => keptInput(input, recipe.redact));
  const given = Object.entries({ ...access, headers: Object.keys(headers)[0] });
  return {
    request: { ...further, inputs: kept, recipe: ofRecipe },
    withheld: [
      ...given.filter(([, value]) => value !== undefined).map(([key]) => key),
      ...(kept.some((input, at) => textOf(input) !== textOf(inputs[at])) ? ['inputs'] : []),
    ],
  };
}

function keptInput(input: UrlInput, query: boolean): UrlInput {
  switch (input.kind) {
    case 'report':
      return input;
    case 'text':
      return { ...input, text: withoutSecretsIn(input.text, { query }) };
    case 'argument': {
      const value = withoutCredentials(input.value);
      // A question mark in the name of a file begins no query.
      const isUrl = /^[a-z][a-z0-9+.-]+:\//i.test(value);
      return { ...input, value: query && isUrl ? withoutQuery(value) : value };
    }
  }
}

function textOf(input: UrlInput | undefined): string | undefined {
  return input?.kind === 'argument' ? input.value : input?.kind === 'text' ? input.text : undefined;
}

type MapLike = { readonly recipe?: Readonly<Record<string, unknown>> };

function isMap(request: object): request is MapLike {
  return 'kind' in request && request.kind === 'map';
}

function isFetch(request: object): request is FetchRequest {
  return 'kind' in request && request.kind === 'fetch';
}
