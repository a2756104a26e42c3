/** Returns buffers of the kind that the item names. */
export default function buffers(item, { move }) {
  switch (item) {
    case 'small':
      return Buffer.from('small');
    case 'nested':
      return {
        list: [Buffer.from('in a list')],
        map: new Map([['key', Buffer.from('in a map')]]),
        set: new Set([1]),
        n: 1,
      };
    case 'part':
      return new Uint8Array(1_000_000).subarray(10, 20);
    case 'numbers':
      return new Float64Array(new ArrayBuffer(80_000), 16, 2).fill(0.5);
    case 'view':
      return new DataView(new ArrayBuffer(1_000), 4, 8);
    case 'shared': {
      const both = Buffer.from('both');
      return { one: both, other: both };
    }
    case 'circle': {
      const circle = { part: Buffer.from('round') };
      circle.self = circle;
      return circle;
    }
    case 'moved': {
      const bytes = new Uint8Array(5_000_000).fill(7);
      return move({ bytes }, [bytes.buffer]);
    }
    case 'moved itself':
      return move(new Uint8Array(1_000).fill(7));
    case 'moved although it cannot be':
      return move(Buffer.from('of the pool'));
    default:
      // The item itself: whether it was moved here.
      return item instanceof Uint8Array ? item.byteLength : item;
  }
}

/** Whether a value that is moved is gone here. */
export function afterMove(item, { state, move }) {
  if (item === 'look') return state.bytes.byteLength;
  state.bytes = new Uint8Array(1_000);
  return move(state.bytes).byteLength;
}

export const init = () => ({});

/** How many bytes came with the bytes of an item. */
export function wholeBuffer(item) {
  return (item.deep?.[0] ?? item).buffer.byteLength;
}
