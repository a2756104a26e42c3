/** Returns what the item names: some of it cannot leave its thread. */
export default function returnOdd(item) {
  switch (item) {
    case 'function':
      return () => {};
    case 'symbol':
      return Symbol('odd');
    case 'bigint':
      return 12n;
    case 'cycle': {
      const cycle = { name: 'cycle' };
      cycle.self = cycle;
      return cycle;
    }
    case 'nothing':
      return undefined;
    default:
      return item;
  }
}
