import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// The one that can be asked by JavaScript: version 7 has no such interface.
import * as ts from 'typescript-6';

/** A field of an interface, with what its comment says. */
export interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly type: string;
  readonly comment: string;
}

/** The fields of an interface of the sources, in their order, without those that it inherits. @throws if it is not there. */
export function fieldsOf(file: string, name: string): Field[] {
  const text = readFileSync(join(import.meta.dirname, '../../src', file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (found === undefined) throw new Error(`src/${file} has no interface ${name}.`);
  return found.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(),
    isOptional: member.questionToken !== undefined,
    type: (member.type?.getText() ?? '')
      .replaceAll(/readonly |Readonly<(.*)>$/gs, '$1')
      .replaceAll(/\s+/g, ' '),
    comment: commentOf(member),
  }));
}

function commentOf(member: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  return (ts.getTextOfJSDocComment(comment?.comment) ?? '').replaceAll(/\s+/g, ' ');
}
