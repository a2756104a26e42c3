/** Has some things made at the same time and gives them in order, so that no more of them are in memory. */
export async function* drawAhead<From, To>(
  from: AsyncIterable<From>,
  make: (one: From) => Promise<To>,
  atOnce: number,
): AsyncGenerator<To, void> {
  const waiting: Promise<To>[] = [];
  try {
    for await (const one of from) {
      const made = make(one);
      // It is awaited in its turn, which may be after another has failed.
      made.catch(() => {});
      waiting.push(made);
      const first = waiting.length >= atOnce ? waiting.shift() : undefined;
      if (first) yield await first;
    }
    for (let next = waiting.shift(); next; next = waiting.shift()) yield await next;
  } finally {
    await Promise.allSettled(waiting);
  }
}
