import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

/** A text of the source that a person reads. */
interface SaidText {
  readonly text: string;
  /** Whether it has forms for one and for many. */
  readonly isCounted: boolean;
}

export interface TextsOfSource {
  /** What goes through the catalogues: the first arguments of `t` and of `say`, and the keys of `Trans`. */
  readonly said: readonly SaidText[];
  /** What a page would show in English whatever its language: texts and spoken attributes of JSX. */
  readonly raw: readonly string[];
}

interface SyntaxNode {
  readonly type: string;
  readonly [part: string]: unknown;
}

const translators = new Set(['t', 'say']);
const spokenAttributes = new Set([
  ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'alt', 'title', 'label'],
  ...['placeholder', 'description', 'hint', 'tooltip', 'suffix', 'heading', 'confirm', 'lead'],
]);

/** Finds what is said in a module of TypeScript, with or without JSX. */
export function textsOfSource(file: string): TextsOfSource {
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'));
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const said: SaidText[] = [];
  const raw: string[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'CallExpression') said.push(...saidByCall(node));
    if (node.type === 'JSXOpeningElement') said.push(...saidByTrans(node));
    const shown = shownAsItIs(node);
    if (shown !== undefined && /\p{L}{2}/u.test(shown)) raw.push(shown.trim().replace(/\s+/g, ' '));
    for (const part of Object.values(node)) {
      for (const child of Array.isArray(part) ? part : [part]) if (isNode(child)) visit(child);
    }
  };
  visit(program as unknown as SyntaxNode);
  return { said, raw };
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

function saidByCall(node: SyntaxNode): SaidText[] {
  const { callee, arguments: given } = node as unknown as { callee: SyntaxNode; arguments: SyntaxNode[] };
  if (callee.type !== 'Identifier' || !translators.has(callee.name as string)) return [];
  const [first, values] = given;
  return textsOf(first).map((text) => ({ text, isCounted: hasCount(values) }));
}

/** `<Trans i18nKey="…" count={…} />` */
function saidByTrans(node: SyntaxNode): SaidText[] {
  const { name, attributes } = node as unknown as { name: SyntaxNode; attributes: SyntaxNode[] };
  if (name.name !== 'Trans') return [];
  const attributeOf = (wanted: string) =>
    attributes.find((each) => isNode(each.name) && each.name.name === wanted)?.value as
      | SyntaxNode
      | undefined;
  const isCounted = attributeOf('count') !== undefined;
  return textsOf(attributeOf('i18nKey')).map((text) => ({ text, isCounted }));
}

/** The literals that an expression may come to: its own, or those of both branches of a condition. */
function textsOf(node: SyntaxNode | undefined): string[] {
  if (node === undefined) return [];
  if (node.type === 'Literal' && typeof node.value === 'string') return [node.value];
  if (node.type === 'TemplateLiteral') {
    const [only, ...more] = node.quasis as { value: { cooked: string } }[];
    return only && more.length === 0 ? [only.value.cooked] : [];
  }
  if (node.type === 'JSXExpressionContainer') return textsOf(node.expression as SyntaxNode);
  if (node.type === 'ConditionalExpression')
    return [...textsOf(node.consequent as SyntaxNode), ...textsOf(node.alternate as SyntaxNode)];
  return [];
}

function hasCount(values: SyntaxNode | undefined): boolean {
  if (values?.type !== 'ObjectExpression') return false;
  const properties = values.properties as { key?: { name?: string } }[];
  return properties.some(({ key }) => key?.name === 'count');
}

function shownAsItIs(node: SyntaxNode): string | undefined {
  if (node.type === 'JSXText') return node.value as string;
  if (node.type !== 'JSXAttribute') return undefined;
  const { name, value } = node as unknown as { name: { name: string }; value: SyntaxNode | null };
  if (!spokenAttributes.has(name.name) || value?.type !== 'Literal') return undefined;
  return value.value as string;
}
