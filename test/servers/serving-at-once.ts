import type { RequestListener, ServerResponse } from 'node:http';

/** A listener that serves so many at once, each for so long; further ones wait for their turn. */
export function servingAtOnce(
  most: number,
  ms: number,
): { listener: RequestListener; readonly mostAsked: number } {
  const waiting: ServerResponse[] = [];
  let serving = 0;
  let asked = 0;
  let mostAsked = 0;
  const serve = (response: ServerResponse): void => {
    serving += 1;
    setTimeout(() => {
      response.end('hello');
      serving -= 1;
      asked -= 1;
      const next = waiting.shift();
      if (next) serve(next);
    }, ms);
  };
  return {
    listener: (_request, response) => {
      asked += 1;
      mostAsked = Math.max(mostAsked, asked);
      if (serving < most) serve(response);
      else waiting.push(response);
    },
    get mostAsked() {
      return mostAsked;
    },
  };
}
