import sax from 'sax';
import { plainSvg } from './plain-svg.ts';

/** Longer texts are not looked at: what is wrong with them is not worth the time, in characters. */
const mostCharacters = 16 * 1024 * 1024;

/**
 * What is wrong with an SVG as XML, in one sentence without its full stop, or `undefined` if it is well formed. libvips'
 * own words cannot be used: they may be about another image that is being drawn at the same time.
 */
export function svgFault(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(plainSvg(bytes));
  if (text.length > mostCharacters) return undefined;
  let fault: string | undefined;
  // Only XML's own entities, without HTML's. The package's types do not know the option.
  const parser = sax.parser(true, { strictEntities: true } as sax.SAXOptions);
  // This parser does not read the declarations of a DTD.
  Object.assign(parser.ENTITIES, declaredEntities(text));
  parser.onerror = ({ message }) => {
    const [what = ''] = message.split('\n');
    fault ??= `${what.charAt(0).toLowerCase()}${what.slice(1)} (line ${parser.line + 1})`.replace(
      /\. \(/,
      ' (',
    );
    // Otherwise the parser throws at its next call.
    parser.resume();
  };
  parser.write(text).close();
  return fault;
}

function declaredEntities(text: string): Record<string, string> {
  const found = text.slice(0, 65_536).matchAll(/<!ENTITY\s+([\w.-]+)\s+(["'])(.*?)\2\s*>/gs);
  return Object.fromEntries(Array.from(found, ([, name = '', , value = '']) => [name, value]));
}
