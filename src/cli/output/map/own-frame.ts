import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failure } from '../../../shared/failure.ts';

type Thrown = Pick<Failure, 'name' | 'message' | 'stack' | 'cause'>;

/** `at count.mjs:12:5`: the place in a person's own code that threw, as its path from the working directory. */
export function ownFrame({ stack = '' }: Pick<Failure, 'stack'>): string | undefined {
  const frames = [
    ...stack.matchAll(/^\s+at (?:.*\()?((?:file:\/\/)?\/[^\n]*?|[A-Za-z]:\\[^\n]*?):(\d+):(\d+)\)?$/gm),
  ];
  const own = frames.find(([, file = '']) => !/[\\/]node_modules[\\/]/.test(file)) ?? frames[0];
  if (own === undefined) return undefined;
  const [, file = '', line, column] = own;
  const path = pathOf(file);
  const near = relative('', path);
  const isNear = isAbsolute(path) && !near.startsWith('..') && !isAbsolute(near) && near !== '';
  return `at ${isNear ? near : path}:${line}:${column}`;
}

/** As it is where it is no path: a stack is whatever a task has thrown. */
function pathOf(file: string): string {
  try {
    return file.startsWith('file:') ? fileURLToPath(file.replace(/[?#].*$/, '')) : file;
  } catch {
    return file;
  }
}

/** The whole stack, and that of each cause, a line each. */
export function wholeStack(thrown: Thrown): string[] {
  const lines = (thrown.stack ?? '').split('\n').filter((line) => line.trim() !== '');
  const { cause } = thrown;
  if (cause === undefined) return lines;
  const [first = [cause.name, cause.message].filter(Boolean).join(': '), ...further] = wholeStack(cause);
  return [...lines, `Caused by: ${first}`, ...further];
}
