import type { Bom, Component } from './cyclonedx.ts';
import { toldVersionsOf } from './told-versions.ts';
import { upstreamOf } from './upstream.ts';

export interface Shipped {
  /** What it is that is shipped. */
  readonly subject: {
    readonly type: 'application' | 'library';
    readonly name: string;
    readonly version: string;
  };
  /** Packages (`name@version`) of which code is in the files. */
  readonly inside: ReadonlySet<string>;
  /** Packages (`name@version`) that npm installs beside it. */
  readonly beside?: ReadonlySet<string>;
  /** Where packages are installed: some tell there what they are built of. */
  readonly folders?: readonly string[];
}

const ofTheCheckout = 'cdx:npm:package:development';

/**
 * Of all that the lock file has, what is shipped: npm tells only what is installed, and takes what the bundler put into our files
 * for tools of the checkout.
 * @throws for a package of which the lock file knows nothing: a list that is not complete is none.
 */
export function shippedBom(all: Bom, { subject, inside, beside = new Set(), folders = [] }: Shipped): Bom {
  const known = new Map(all.components.map((component) => [nameOf(component), component]));
  const unknown = [...inside, ...beside].filter((name) => !known.has(name)).sort();
  if (unknown.length > 0) throw new Error(`package-lock.json does not have ${unknown.join(', ')}.`);

  const components = all.components
    .filter((component) => inside.has(nameOf(component)) || beside.has(nameOf(component)))
    .map((component) => (inside.has(nameOf(component)) ? asBundled(component) : component))
    .map((component) => withUpstream(component, folders));
  const refs = new Set(components.map((component) => component['bom-ref']));
  const root = all.metadata.component['bom-ref'];
  const kept = (ref: string) => refs.has(ref);
  const { purl, ...itself } = all.metadata.component;
  return {
    ...all,
    metadata: {
      ...all.metadata,
      // npm takes the name of the folder.
      component: { ...itself, ...subject, ...(subject.type === 'library' && { purl }) },
    },
    components,
    dependencies: all.dependencies
      .filter(({ ref }) => ref === root || kept(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(kept) })),
  };
}

/** What npm installs for those who install the package: its dependencies, and theirs. */
export function installedWith(all: Bom, dependencies: readonly string[]): Set<string> {
  const root = all.metadata.component['bom-ref'];
  const needs = new Map(all.dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
  const names = new Map(all.components.map((component) => [component['bom-ref'], nameOf(component)]));
  const found = new Set<string>();
  const add = (ref: string) => {
    const name = names.get(ref);
    if (name === undefined || found.has(name)) return;
    found.add(name);
    for (const further of needs.get(ref) ?? []) add(further);
  };
  for (const ref of needs.get(root) ?? []) {
    if (dependencies.some((name) => names.get(ref)?.startsWith(`${name}@`))) add(ref);
  }
  return found;
}

export function nameOf({ name, version }: Component): string {
  return `${name}@${version}`;
}

function asBundled({ properties = [], ...component }: Component): Component {
  const those = properties.filter(({ name }) => name !== ofTheCheckout);
  return {
    ...component,
    scope: 'required',
    properties: [...those, { name: 'shoal:bundled', value: 'true' }],
  };
}

function withUpstream(component: Component, folders: readonly string[]): Component {
  const components = [
    ...upstreamOf(component.name, component['bom-ref']),
    ...toldVersionsOf(component, folders),
  ];
  return components.length === 0 ? component : { ...component, components };
}
