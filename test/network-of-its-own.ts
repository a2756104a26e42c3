import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

function ip(...args: readonly string[]): boolean {
  return spawnSync('ip', args, { stdio: 'ignore' }).status === 0;
}

/** Whether this process may make network namespaces: as root, where the system lets it. */
export function canHaveNetworks(): boolean {
  const probe = `shoal-probe-${process.pid}`;
  return ip('netns', 'add', probe) && ip('netns', 'delete', probe);
}

/** A machine's network: processes in it reach this one by a cable that can be pulled. */
export class NetworkOfItsOwn {
  /** The first three numbers of the addresses that this machine has in it: 1 and on. */
  readonly here: string;
  readonly #name: string;
  readonly #cable: string;

  private constructor(number: number) {
    this.#name = `shoal-${process.pid}-${number}`;
    this.#cable = `sh${process.pid % 100_000}n${number}`;
    this.here = `10.213.${number}`;
  }

  /** @param addresses how many this machine has in it. */
  static create(number: number, addresses: number): NetworkOfItsOwn {
    const network = new NetworkOfItsOwn(number);
    network.#set(addresses);
    onTestFinished(() => {
      ip('link', 'delete', network.#cable);
      ip('netns', 'delete', network.#name);
    });
    return network;
  }

  /** The beginning of a command that runs in it. */
  get enter(): readonly string[] {
    return ['ip', 'netns', 'exec', this.#name];
  }

  pull(): void {
    this.#must('link', 'set', this.#cable, 'down');
  }

  plug(): void {
    this.#must('link', 'set', this.#cable, 'up');
  }

  #set(addresses: number): void {
    const there = ['-n', this.#name];
    this.#must('netns', 'add', this.#name);
    this.#must('link', 'add', this.#cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', this.#name);
    for (let address = 1; address <= addresses; address += 1) {
      this.#must('address', 'add', `${this.here}.${address}/24`, 'dev', this.#cable);
    }
    this.#must(...there, 'address', 'add', `${this.here}.200/24`, 'dev', 'eth0');
    this.#must(...there, 'link', 'set', 'lo', 'up');
    this.#must(...there, 'link', 'set', 'eth0', 'up');
    this.plug();
  }

  #must(...args: readonly string[]): void {
    if (!ip(...args)) throw new Error(`ip ${args.join(' ')} failed.`);
  }
}
