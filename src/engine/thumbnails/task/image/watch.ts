import { imageStages, StageWatch } from '../../../../shared/stages.ts';

/** Times the stages of the one image that the thread works on. */
export const watch = new StageWatch(imageStages);
