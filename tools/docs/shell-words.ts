/**
 * The commands of a line for a shell, each as its words: quotes are undone, redirections and comments left out. Enough of
 * a shell for the examples of the pages.
 */
export function shellCommands(line: string): string[][] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  const end = (): void => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  for (const [token, single, double, escaped] of line.matchAll(
    /'([^']*)'|"((?:\$\((?:[^()]|\([^()]*\))*\)|[^"\\]|\\.)*)"|\\(.)|\s+|[|;&]+|\d?[<>]+|#|[^\s'"\\|;&<>#]+/gs,
  )) {
    if (single !== undefined || escaped !== undefined) word = (word ?? '') + (single ?? escaped);
    else if (double !== undefined) word = (word ?? '') + double.replaceAll(/\\(.)/gs, '$1');
    else if (/^\s/.test(token)) end();
    else if (token === '#' && word === undefined) break;
    else if (/^[|;&]/.test(token)) {
      end();
      commands.push([]);
    } else if (/^\d?[<>]/.test(token)) {
      end();
      commands.at(-1)?.push('>');
    } else word = (word ?? '') + token;
  }
  end();
  return commands.map(withoutRedirections);
}

function withoutRedirections(words: readonly string[]): string[] {
  return words.filter((word, at) => word !== '>' && words[at - 1] !== '>');
}
