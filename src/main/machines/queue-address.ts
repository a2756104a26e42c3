import { t } from '../../languages/translate.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { QueueChoice } from '../../shared/machines/machine-messages.ts';
import { addressWithoutSecrets } from '../../shared/without-secrets.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { JsonFile } from '../storage/json-file.ts';

/** Which queue the window uses. One that has a password is used while the window is open, and never written down. */
export class QueueAddress {
  readonly #settings: Pick<JsonFile<Settings>, 'read' | 'write'>;
  readonly #offered: string | undefined;
  /** Chosen for as long as the window is open. */
  #session: string | undefined;

  /** @param offered the queue that the environment names. */
  constructor(settings: Pick<JsonFile<Settings>, 'read' | 'write'>, offered: string | undefined) {
    this.#settings = settings;
    this.#offered = offered !== undefined && isQueue(offered) ? offered : undefined;
  }

  get url(): string | undefined {
    return this.#session ?? this.#settings.read().queue;
  }

  /** As it may be shown. */
  get shown(): string {
    return addressWithoutSecrets(this.url ?? '');
  }

  choice(): QueueChoice {
    const { url } = this;
    const offered = this.#offered;
    return {
      ...(url !== undefined && { queue: addressWithoutSecrets(url) }),
      isKept: url !== undefined && this.#session === undefined,
      ...(offered !== undefined && offered !== url && { offered: addressWithoutSecrets(offered) }),
    };
  }

  /** @throws RequestProblem for what is no queue. */
  set(url: string | null): void {
    if (url !== null && !isQueue(url)) {
      throw new RequestProblem('NO_QUEUE', t('Expected the address of a queue, such as redis://host:6379.'));
    }
    const isSecret = url !== null && addressWithoutSecrets(url) !== url;
    this.#session = url !== null && isSecret ? url : undefined;
    const { queue: _, ...others } = this.#settings.read();
    this.#settings.write(url === null || isSecret ? others : { ...others, queue: url });
  }

  useOffered(): void {
    if (this.#offered !== undefined) this.set(this.#offered);
  }
}

function isQueue(url: string): boolean {
  return /^rediss?:\/\/./.test(url) && URL.canParse(url);
}
