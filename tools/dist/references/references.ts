import { parseAst } from 'vite';

/** A file or package that code names, as it can be read without running it. */
export interface Reference {
  readonly kind: 'require' | 'import' | 'file';
  readonly to: string;
  /** Within `try`: the code goes on without it. */
  readonly optional: boolean;
}

/** Any node of the syntax tree; what of it is needed is looked at before it is used. */
interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** What a file requires, imports, and finds beside itself by `join(__dirname, …)` or `new URL(…, its own address)`. */
export function referencesOf(code: string, isModule: boolean): Reference[] {
  const found: Reference[] = [];
  const look = (node: Node, optional: boolean): void => {
    const reference = referenceIn(node);
    if (reference !== undefined) found.push({ ...reference, optional });
    for (const [key, value] of Object.entries(node)) {
      const within = optional || (node.type === 'TryStatement' && key === 'block');
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) look(child, within);
    }
  };
  const lang = { lang: 'js', sourceType: isModule ? 'module' : 'commonjs' } as const;
  look(parseAst(code, lang) as unknown as Node, false);
  return found;
}

function referenceIn(node: Node): Omit<Reference, 'optional'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return literal(node.source, 'import');
    case 'CallExpression':
      if (isRequire(node.callee)) return literal(first(node), 'require');
      return isName(node.callee, 'join') && isName(first(node), '__dirname') ? joined(node) : undefined;
    case 'NewExpression':
      return isName(node.callee, 'URL') && mentionsItself(argumentsOf(node)[1])
        ? beside(first(node))
        : undefined;
    default:
      return undefined;
  }
}

/** `require`, what a bundler renamed it to, `require.resolve`, and `createRequire(…)` called at once. */
function isRequire(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === 'Identifier') return /^_*require(\$\d+)?$/.test(String(callee.name));
  if (callee.type === 'MemberExpression')
    return isRequire(callee.object) && isName(callee.property, 'resolve');
  return callee.type === 'CallExpression' && isName(callee.callee, 'createRequire');
}

/** A name by itself, of a module's member, or as bundlers call members: `(0, node_path.join)`. */
function isName(node: unknown, name: string): boolean {
  if (!isNode(node)) return false;
  if (node.type === 'Identifier') return node.name === name;
  if (node.type === 'MemberExpression') return isName(node.property, name);
  if (node.type === 'ParenthesizedExpression') return isName(node.expression, name);
  return node.type === 'SequenceExpression' && isName((node.expressions as unknown[]).at(-1), name);
}

function argumentsOf(node: Node): readonly unknown[] {
  return node.arguments as readonly unknown[];
}

function first(node: Node): unknown {
  return argumentsOf(node)[0];
}

function textOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function literal(node: unknown, kind: 'require' | 'import'): Omit<Reference, 'optional'> | undefined {
  const to = textOf(node);
  return to === undefined ? undefined : { kind, to };
}

/** `join(__dirname, 'a', 'b')`. Something computed among it is not known here. */
function joined(node: Node): Omit<Reference, 'optional'> | undefined {
  const parts = argumentsOf(node).slice(1).map(textOf);
  return parts.length > 0 && parts.every((part) => part !== undefined)
    ? { kind: 'file', to: `./${parts.join('/')}` }
    : undefined;
}

function beside(node: unknown): Omit<Reference, 'optional'> | undefined {
  const to = textOf(node);
  return to === undefined || /^\w+:/.test(to)
    ? undefined
    : { kind: 'file', to: to.startsWith('.') ? to : `./${to}` };
}

/** `__filename` or `import.meta.url`, whatever is done to it. */
function mentionsItself(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (isName(node, '__filename') || node.type === 'MetaProperty') return true;
  return Object.values(node).some((value) => (Array.isArray(value) ? value : [value]).some(mentionsItself));
}
