/** What front ends need of runs on several machines. Loaded only where a queue is named. */

export type { FollowedRun } from '../queue/follow-run.ts';
export { QueueClient, type QueuedProgress } from '../queue/queue-client.ts';
export { QueueWorker, type WorkerEvents } from '../queue/queue-worker.ts';
export type { Submission } from '../queue/submit-run.ts';
export type { RunRecord } from '../records/run-record.ts';
export type { RunStanding } from '../standings/run-standing.ts';
export type { HeardWorker } from '../standings/worker-standing.ts';
