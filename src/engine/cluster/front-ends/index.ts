/** What front ends need of runs on several machines. Loaded only where a queue is named. */

export type { FollowedRun } from '../queue/follow-run.ts';
export { QueueClient } from '../queue/queue-client.ts';
export { QueueWorker } from '../queue/queue-worker.ts';
export type { QueuedRun } from '../queue/registry.ts';
export type { Submission } from '../queue/submit-run.ts';
export { protocolVersion, type RunRecord } from '../records/run-record.ts';
